"""The assessing of the current round: criteria, due dates, a question to an author, and proposals that were put together."""

from __future__ import annotations

from budgeting_blocks.domain.screening import Answer
from budgeting_blocks.models import Criterion, Proposal, Round
from budgeting_blocks.services.asking import add_note, ask_author
from budgeting_blocks.services.assigning import assign_screenings
from budgeting_blocks.services.merging import merge_proposals
from budgeting_blocks.services.screening import record_screening
from home.demo.context import Demo
from home.demo.proposals import Idea

CRITERIA = (
    "Kuuluu kaupungin tehtäviin",
    "Kaupungin maalla tai tiloissa",
    "Voidaan toteuttaa vuoden kuluessa",
    "Mahtuu kierroksen rahaan",
)
# Sent in as a proposal of its own, and then merged into the benches of the same road.
TWIN = Idea(
    "Istuimia Hyvinkäänkylän raitin varteen",
    "Paikkoja, joilla voi levähtää kauppamatkalla.",
    "viihtyisyys",
    "hyvinkaankyla",
    "Raitti",
    state=None,
)


def name_criteria(round: Round, demo: Demo) -> None:
    """Give the round its criteria, in the draft as well as in public."""
    round.criteria = [Criterion(name=name, sort_order=order) for order, name in enumerate(CRITERIA, start=1)]
    round.save()
    round.save_revision(user=demo.users["koordinaattori"]).publish(user=demo.users["koordinaattori"])
    round.refresh_from_db()


def build(demo: Demo, round: Round, twin: Proposal) -> None:
    """All before the vote opens; the round's other proposals are there already, assessed as far as they are."""
    coordinator = demo.users["koordinaattori"]
    found = {p.title: p for p in Proposal.objects.filter(round=round).select_related("round", "screening__unit")}
    _find(demo, found["Laavu Kytäjän metsäpolun varteen"], unmet="")
    _find(demo, found["Tekojäärata Metsäkaltevaan"], unmet=CRITERIA[3])
    late, coming = found["Frisbeegolfkorit Kaukasiin"], found["Satupolku lapsille"]
    for proposal, unit, days in ((late, "liikunta", -1), (coming, "kulttuuri", 10)):
        assign_screenings(
            screenings=[proposal.screening.pk], unit=demo.units[unit], due_on=demo.day(days).date(), user=coordinator
        )
    park = found["Koirapuisto keskustan tuntumaan"].screening
    question = "Missä kohdassa keskustaa puisto voisi mielestäsi olla? Torin lähellä on vain vähän kaupungin maata."
    ask_author(screening=park, text=question, user=coordinator, now=demo.day(-3))
    add_note(screening=park, text="Kaavoitus katsoo, onko radan varressa sopiva kaistale.", user=coordinator)
    merge_proposals(
        sources=[twin],
        target=found["Lisää penkkejä Hyvinkäänkylän raitille"],
        reason="Molemmat ehdottavat istuimia samalle raitille, joten ne toteutettaisiin yhdessä.",
        user=coordinator,
        objection_until=demo.day(-4),
        now=demo.day(-14),
    )


def _find(demo: Demo, proposal: Proposal, *, unmet: str) -> None:
    """Say of each criterion whether it is met, and what the cost is made of; the decision stays."""
    answers = {
        criterion.pk: Answer(
            criterion.name != unmet, proposal.screening.reasons[:300] if criterion.name == unmet else ""
        )
        for criterion in Criterion.objects.filter(round=proposal.round)
    }
    priced = proposal.screening.cost is not None
    record_screening(
        proposal=proposal,
        state=proposal.screening.state,
        cost=proposal.screening.cost,
        reasons=proposal.screening.reasons,
        cost_explanation="Esimerkki: tarvikkeet, kuljetus ja työ." if priced else "",
        upkeep=300 if priced else None,
        upkeep_explanation="Esimerkki: polttopuut ja siivous." if priced else "",
        findings=answers,
        user=demo.users["koordinaattori"],
    )
