"""The themes and areas, the finished rounds, and a current one in which both proposing and voting can be tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from budgeting_blocks.choices import AgeBand, MeansKind, ScreeningState
from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.models import Area, CodeBatch, Proposal, Round, RuleSheet, Theme, VotingRight
from budgeting_blocks.services.classes import create_class, pupil_codes, teacher_hash
from budgeting_blocks.services.codes import create_code_batch, hash_code
from budgeting_blocks.services.proposals import ProposalText, submit_proposal
from budgeting_blocks.services.rounds import create_round
from budgeting_blocks.services.screening import record_screening
from home.demo import archive, example_rounds, screening, voices
from home.demo.context import Demo
from home.demo.proposals import AREA_CENTRES, AREAS, CURRENT, PLACES, THEMES, Idea

# Known to everybody, like the demo accounts' password: they let people try the vote of the demo round and nothing else.
DEMO_CODES = [f"K{sign}K{sign}-EHTA-22{sign}{sign}" for sign in "23456789ABCD"]
TEACHER_CODE = "6B6B-EHTA-2222"


def build(demo: Demo) -> None:
    for order, (slug, name) in enumerate(THEMES.items(), start=1):
        Theme.objects.create(name=name, slug=slug, sort_order=order)
    for order, (slug, name) in enumerate(AREAS.items(), start=1):
        latitude, longitude = AREA_CENTRES[slug]
        Area.objects.create(name=name, slug=slug, sort_order=order, latitude=latitude, longitude=longitude)
    archive.build(demo)
    demo.records["round_finished"] = example_rounds.build_finished(demo)
    demo.records["round_village"] = village = example_rounds.build_village(demo)
    _make_codes(demo, village)
    demo.records["round"] = _build_current(demo)


def _build_current(demo: Demo) -> Round:
    """Real rounds collect first and vote later; here both are open at once, so that both can be tried."""
    voting_opens = demo.day(-3)
    round = create_round(
        title=f"Osallistuva budjetointi {demo.today.year}",
        slug=f"osbu-{demo.today.year}",
        budget=50_000,
        introduction="Asukkaat päättävät, mihin 50\N{NO-BREAK SPACE}000 euroa käytetään. Ehdota ja äänestä.",
        windows=[
            Window(Kind.PROPOSALS, demo.day(-30), demo.day(21)),
            Window(Kind.SCREENING, demo.day(-20), voting_opens),
            Window(Kind.VOTING, voting_opens, demo.day(18)),
        ],
        user=demo.users["koordinaattori"],
    )
    screening.name_criteria(round, demo)
    for number, idea in enumerate(CURRENT, start=1):
        sent_at = demo.day(-29 + number, 9 + number % 8, 10 * (number % 6))
        proposal = _propose(demo, round, idea, f"nyt-{number}", min(sent_at, demo.now))
        if idea.state is None:
            continue  # waits for a moderator
        demo.approve(proposal)
        if idea.state != ScreeningState.NOT_ASSESSED:
            _screen(demo, proposal, idea, idea.reasons, demo.day(-4))
    voices.build(demo, round)
    twin = _propose(demo, round, screening.TWIN, "nyt-kaksonen", demo.day(-15, 12))
    demo.approve(twin)
    screening.build(demo, round, twin)
    _make_codes(demo, round)
    _freeze(demo, round)
    _make_class(demo, round)
    return round


def _freeze(demo: Demo, round: Round) -> None:
    means = [MeansKind.CODE, MeansKind.MAIL, MeansKind.CLASS, MeansKind.DESK, MeansKind.PAPER]
    if settings.OIDC_ISSUER:
        means.append(MeansKind.OIDC)
    body = "Kaupunginhallitus (esimerkki)"
    example_rounds.freeze(demo, round, RuleSheet(), means, days=-3, body=body)


def _propose(demo: Demo, round: Round, idea: Idea, key: str, sent_at: datetime) -> Proposal:
    latitude, longitude = PLACES.get(idea.title, (None, None))
    text = ProposalText(
        title=idea.title,
        summary=idea.summary,
        description=idea.description,
        theme=Theme.objects.get(slug=idea.theme).pk,
        area=Area.objects.get(slug=idea.area).pk if idea.area else None,
        place=idea.place,
        latitude=latitude,
        longitude=longitude,
    )
    submission = submit_proposal(
        round=round, text=text, email=f"asukas-{key}@example.com", submission_key=f"demo-proposal-{key}", now=sent_at
    )
    return submission.proposal


def _screen(demo: Demo, proposal: Proposal, idea: Idea, reasons: str, now: datetime) -> None:
    record_screening(
        proposal=proposal,
        state=idea.state or ScreeningState.PROCEEDS,
        cost=idea.cost,
        reasons=reasons,
        unit=demo.units[idea.unit],
        user=demo.users["koordinaattori"],
    )


def _make_codes(demo: Demo, round: Round) -> None:
    """A batch whose codes everybody knows, in place of the random ones that nobody could read again."""
    batch, _random = create_code_batch(
        round=round,
        label="Esittely: kaikkien tiedossa",
        size=len(DEMO_CODES),
        user=demo.users["koordinaattori"],
        now=demo.now,
    )
    _set_codes(batch, DEMO_CODES)


def _make_class(demo: Demo, round: Round) -> None:
    """A class whose teacher's code everybody knows, likewise in place of the random one."""
    school_class, _random = create_class(
        round=round,
        school="Esimerkkikoulu",
        label="6B",
        size=20,
        age_band=AgeBand.UNDER_15,
        user=demo.users["koordinaattori"],
        now=demo.now,
    )
    school_class.teacher_hash = teacher_hash(round, TEACHER_CODE)
    school_class.save()
    _set_codes(school_class.batch, pupil_codes(school_class, TEACHER_CODE))


def _set_codes(batch: CodeBatch, codes: Sequence[str]) -> None:
    for row, code in zip(VotingRight.objects.filter(batch=batch), codes, strict=True):
        VotingRight.objects.filter(pk=row.pk).update(secret_hash=hash_code(batch.round, code))
