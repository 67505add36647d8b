"""The rounds of 2020, 2021 and 2023 with the figures that are known. What is not known is left out, never made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.models import Area, Pot, Proposal, Round, Theme
from budgeting_blocks.services.archive import PastLine, add_past_proposal, record_past_result
from budgeting_blocks.services.rounds import create_round
from home.demo.context import Demo, at

REASONS = (
    "Asukkaat äänestivät ehdotuksen toteutukseen. Kaupungin perusteluja ja tarkkaa hintaa ei ole tiedossa. "
    "Ehdotuksen kuvaus on kirjoitettu esittelyä varten."
)


@dataclass(frozen=True, slots=True)
class PastIdea:
    """A funded proposal. `votes` and `cost` (euros): None when they are not known. `area` "" concerns the whole city."""

    title: str
    summary: str
    theme: str
    area: str = ""
    votes: int | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class PastRound:
    """`windows` are the phases whose times are known; `pots` name, address and money in euros."""

    year: int
    budget: int
    introduction: str
    windows: tuple[Window, ...]
    published_at: datetime
    decision: str
    ideas: tuple[PastIdea, ...]
    voters: int | None = None
    pots: tuple[tuple[str, str, str, int], ...] = field(default=())


ROUNDS = (
    PastRound(
        year=2020,
        budget=20_000,
        introduction=(
            "Hyvinkään ensimmäinen kierros. Asukkaat tekivät 110 ehdotusta, joista 32 pääsi äänestykseen ja viisi "
            "toteutukseen. Ne maksoivat 1 500–10 000 euroa kukin."
        ),
        windows=(
            Window(Kind.PROPOSALS, at(2020, 1, 1), at(2020, 3, 1)),
            Window(Kind.SCREENING, at(2020, 3, 1), at(2020, 3, 30)),
            Window(Kind.VOTING, at(2020, 3, 30), at(2020, 4, 14)),
        ),
        published_at=at(2020, 4, 22, 12),
        decision="Tulokset julkaistiin 22.4.2020.",
        voters=654,
        ideas=(
            PastIdea(
                "Ulkokuntosali", "Kuntoilulaitteita Sveitsin alueelle, maksutta ja kaikille.", "liikunta", "sveitsi"
            ),
            PastIdea(
                "Riksapyörä vanhusten ulkoiluttamiseen",
                "Vapaaehtoiset vievät ikäihmisiä pyöräajelulle, myös niitä, jotka eivät itse pääse ulos.",
                "yhteisollisyys",
            ),
            PastIdea(
                "Tuunaa puistosi",
                "Asukkaat saavat kunnostaa oman lähipuistonsa mieleisekseen kaupungin tuella.",
                "viihtyisyys",
            ),
            PastIdea(
                "Kuljetukset kyliin",
                "Kyytejä, joilla kylien asukkaat pääsevät tapahtumiin ja harrastuksiin.",
                "yhteisollisyys",
            ),
            PastIdea(
                "Metsäkaltevan pelikenttä pelikuntoon",
                "Kentän pinta ja maalit kuntoon, jotta siellä voi taas pelata.",
                "liikunta",
                "metsakalteva",
            ),
        ),
    ),
    PastRound(
        year=2021,
        budget=20_000,
        introduction=(
            "Äänestyksessä olivat ne 11 ehdotusta, jotka jäivät kierrokselta 2020. Kaksi eteni toteutukseen; eniten ääniä "
            "saanut sai 198 ääntä."
        ),
        windows=(Window(Kind.VOTING, at(2021, 11, 1), at(2021, 11, 15)),),
        published_at=at(2021, 11, 15, 12),
        decision="Tulos on vuodelta 2021. Vahvistuksen päivää ei ole tiedossa.",
        ideas=(
            PastIdea(
                "Maauimalan kehittäminen (Kaupunkisilta)",
                "Maauimalasta viihtyisämpi paikka uimareille ja oleilijoille.",
                "liikunta",
            ),
            PastIdea(
                "Kausivalaistusta kaupunkiin",
                "Usean asukkaan yhdistetty ehdotus: valoja vuoden pimeimpään aikaan.",
                "viihtyisyys",
            ),
        ),
    ),
    PastRound(
        year=2023,
        budget=50_000,
        introduction=(
            "Rahaa oli 35 000 euroa ehdotuksille ja 15 000 euroa talkoorahaa kylille. Asukkaat tekivät 170 ehdotusta, "
            "joista 37 pääsi äänestykseen ja seitsemän toteutukseen. Ääniä annettiin 3 482."
        ),
        windows=(Window(Kind.VOTING, at(2023, 3, 13), at(2023, 3, 24)),),
        published_at=at(2023, 3, 24, 12),
        decision="Tulos on vuodelta 2023. Vahvistuksen päivää ei ole tiedossa.",
        voters=737,
        pots=(("city", "ehdotukset", "Ehdotukset", 35_000), ("village", "talkooraha", "Talkooraha kylille", 15_000)),
        ideas=(
            PastIdea(
                "Ilmainen puistoruokailu kesäaikaan lapsille",
                "Lapsille lämmin ruoka puistossa kesäarkina.",
                "yhteisollisyys",
                votes=290,
            ),
            PastIdea(
                "Lahjoitus Hope ry:lle",
                "Tukea vähävaraisille lapsiperheille.",
                "yhteisollisyys",
                votes=244,
                cost=2000,
            ),
            PastIdea("Grillipaikkoja kaupunkiin", "Yhteisiä grillipaikkoja puistoihin.", "viihtyisyys", votes=223),
            PastIdea("Pitkospuut Sveitsiin", "Märät kohdat poluilta kulkukuntoon.", "liikunta", "sveitsi", votes=172),
            PastIdea(
                "Suojaa auringolta päiväkotien pihoille",
                "Varjoa niille pihoille, joilla sitä ei ole.",
                "viihtyisyys",
                votes=172,
            ),
            PastIdea("Vanhuksille ohjelmaa", "Tekemistä ja seuraa ikäihmisille.", "yhteisollisyys"),
            PastIdea(
                "Pitkospuut kuntopolulta Terveysmetsään itäpuolelta",
                "Kuiva reitti kuntopolulta Terveysmetsään.",
                "liikunta",
            ),
        ),
    ),
)


def build(demo: Demo) -> None:
    """Rounds become `round_2020` and so on among the demo's records."""
    for past in ROUNDS:
        demo.records[f"round_{past.year}"] = _build_round(demo, past)


def _build_round(demo: Demo, past: PastRound) -> Round:
    round = create_round(
        title=f"Osallistuva budjetointi {past.year}",
        slug=f"osbu-{past.year}",
        budget=past.budget,
        introduction=past.introduction,
        windows=past.windows,
        user=demo.users["koordinaattori"],
    )
    pots = [
        Pot.objects.create(round=round, kind=kind, slug=slug, name=name, budget=budget, sort_order=order)
        for order, (kind, slug, name, budget) in enumerate(past.pots)
    ]
    lines = [
        PastLine(
            _publish(round, idea, past.windows[0].opens_at),
            votes=idea.votes,
            cost=idea.cost,
            pot=pots[0] if pots else None,
        )
        for idea in past.ideas
    ]
    record_past_result(
        round=round,
        lines=lines,
        voters=past.voters,
        decision=past.decision,
        published_at=past.published_at,
        reasons=REASONS,
        user=demo.users["koordinaattori"],
    )
    return round


def _publish(round: Round, idea: PastIdea, now: datetime) -> Proposal:
    return add_past_proposal(
        round=round,
        title=idea.title,
        summary=idea.summary,
        description=idea.summary,
        theme=Theme.objects.get(slug=idea.theme),
        area=Area.objects.get(slug=idea.area) if idea.area else None,
        now=now,
    )
