"""Two rounds that nobody can take for real ones: one from its ballots to its projects, one at whose desk paper is read."""

from __future__ import annotations

from collections.abc import Iterable

from budgeting_blocks.choices import (
    BallotKind,
    CountRule,
    DeliveryStage,
    Leftover,
    MeansKind,
    PotKind,
    ScreeningState,
    Strength,
    TieRule,
)
from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.models import (
    Area,
    Delivery,
    IdentificationMeans,
    Pot,
    Proposal,
    Round,
    RoundResult,
    RuleSheet,
    Theme,
)
from budgeting_blocks.services.archive import add_past_proposal
from budgeting_blocks.services.counting import Confirmation, count_round, publish_results
from budgeting_blocks.services.delivery import Progress, record_progress
from budgeting_blocks.services.freezing import freeze_rules
from budgeting_blocks.services.rehearsal import discard_rehearsal, rehearse_round
from budgeting_blocks.services.rounds import create_round
from budgeting_blocks.services.screening import record_screening
from cms.common.mail import absolute_url
from home.demo.context import Demo
from home.demo.example_ideas import FINISHED, TOWN, VILLAGE, VILLAGES, Example
from home.demo.example_votes import cast_votes, read_paper
from home.demo.proposals import Idea

# Where the demo says what its decisions are: a city puts the address of its own minutes there.
DECISION_PATH = "/osallistuva-budjetointi/malli-ja-paatos/"
BODY = "Esimerkkilautakunta"
STRENGTHS = {
    MeansKind.CODE: Strength.MEDIUM,
    MeansKind.MAIL: Strength.WEAK,
    MeansKind.CLASS: Strength.MEDIUM,
    MeansKind.DESK: Strength.STRONG,
    MeansKind.PAPER: Strength.MEDIUM,
    MeansKind.OIDC: Strength.STRONG,
}


def build_finished(demo: Demo) -> Round:
    """A round whose votes were cast, counted by equal shares and confirmed here, and whose winners are under way."""
    user, opens = demo.users["koordinaattori"], demo.day(-150)
    round = create_round(
        title="Esimerkkikierros: kaupunki ja kylät",
        slug="esimerkkikierros",
        budget=38_000,
        introduction="Keksitty kierros, jossa näkee koko matkan äänestyksestä valmiisiin hankkeisiin.",
        windows=[
            Window(Kind.PROPOSALS, demo.day(-210), demo.day(-180)),
            Window(Kind.SCREENING, demo.day(-180), demo.day(-155)),
            Window(Kind.VOTING, opens, demo.day(-136)),
        ],
        user=user,
    )
    names = ((TOWN, PotKind.CITY, "Koko kaupunki", 27_000), (VILLAGES, PotKind.VILLAGE, "Kylät", 11_000))
    pots = {
        slug: Pot.objects.create(round=round, kind=kind, slug=slug, name=name, budget=budget, sort_order=order)
        for order, (slug, kind, name, budget) in enumerate(names)
    }
    items = {add_item(demo, round, row.idea, days=-160, pot=pots[row.pot]): row for row in FINISHED}
    sheet = RuleSheet(
        ballot_kind=BallotKind.APPROVAL,
        max_choices=5,
        count_rule=CountRule.EQUAL_SHARES,
        leftover=Leftover.PASSED_ON,
        tie_rule=TieRule.CHEAPER,
    )
    means = (MeansKind.CODE, MeansKind.MAIL, MeansKind.CLASS, MeansKind.DESK, MeansKind.PAPER)
    freeze(demo, round, sheet, means, days=-152)
    cast_votes(demo, round, {item: row.liked for item, row in items.items()}, opens)
    result = count_round(round=round, user=user, now=demo.day(-135, 10))
    confirmation = Confirmation(
        by="puheenjohtaja", body=BODY, date=demo.day(-130).date(), section="§ 7", eligible=1_240
    )
    publish_results(result=result, user=user, confirmation=confirmation, now=demo.day(-130, 14))
    _deliver(demo, result, {item.pk: row for item, row in items.items()})
    return round


def _deliver(demo: Demo, result: RoundResult, rows: dict[int, Example]) -> None:
    """Tell of each project what was told of it, on its day."""
    for delivery in Delivery.objects.filter(proposal__round=result.round).select_related("proposal", "unit"):
        row = rows[delivery.proposal_id]
        for place, (days, text) in enumerate(row.news, start=1):
            is_last = place == len(row.news)
            progress = Progress(
                stage=row.stage if is_last else DeliveryStage.IN_PROGRESS,
                percent=row.percent if is_last else row.percent // 3,
                unit=delivery.unit,
                money_used=row.used if is_last else None,
                starts_on=demo.day(-120).date(),
                ends_on=demo.day(-days if row.stage == "done" else 90).date(),
            )
            record_progress(
                delivery=delivery,
                progress=progress,
                user=demo.users["koordinaattori"],
                text=text,
                photo=demo.image("square") if row.stage == "done" and days == 31 else None,
                now=demo.day(-days, 12),
            )


def build_village(demo: Demo) -> Round:
    """A small vote by points that is open, with a batch of paper at the desk in the middle of its reading."""
    round = create_round(
        title="Esimerkkikierros: kylien raha",
        slug="esimerkki-kylat",
        budget=6_000,
        introduction="Keksitty kierros, jossa äänestetään pisteillä. Samat kokeilukoodit käyvät tässäkin.",
        windows=[Window(Kind.VOTING, demo.day(-5), demo.day(25))],
        user=demo.users["koordinaattori"],
    )
    for idea in VILLAGE:
        add_item(demo, round, idea, days=-12)
    sheet = RuleSheet(ballot_kind=BallotKind.POINTS, max_points=10, max_points_per_item=5)
    freeze(demo, round, sheet, (MeansKind.CODE, MeansKind.DESK, MeansKind.PAPER), days=-6)
    read_paper(demo, round)
    return round


def add_item(demo: Demo, round: Round, idea: Idea, *, days: int, pot: Pot | None = None) -> Proposal:
    """A proposal that has passed to the ballot, with its price and reasons."""
    proposal = add_past_proposal(
        round=round,
        title=idea.title,
        summary=idea.summary,
        description=idea.description,
        theme=Theme.objects.get(slug=idea.theme),
        area=Area.objects.get(slug=idea.area) if idea.area else None,
        now=demo.day(days - 20),
    )
    record_screening(
        proposal=proposal,
        state=ScreeningState.PROCEEDS,
        cost=idea.cost,
        reasons=idea.reasons,
        unit=demo.units[idea.unit],
        pot=pot,
        user=demo.users["koordinaattori"],
    )
    return proposal


def freeze(
    demo: Demo, round: Round, sheet: RuleSheet, means: Iterable[MeansKind], *, days: int, body: str = BODY
) -> None:
    """As a coordinator does it: fill in the rule sheet, rehearse, freeze."""
    coordinator, now = demo.users["koordinaattori"], demo.day(days)
    sheet.round = round
    sheet.decision_body, sheet.decision_section = body, "§ 1"
    sheet.decision_date = demo.day(days - 60).date()
    sheet.decision_url = absolute_url(DECISION_PATH)
    sheet.means = [IdentificationMeans(kind=kind, strength=STRENGTHS[kind]) for kind in means]
    sheet.save()
    rehearsed = rehearse_round(round=round, user=coordinator, voters=5, now=now)
    freeze_rules(round=round, user=coordinator, now=now)
    discard_rehearsal(rehearsal=rehearsed.round, user=coordinator)
