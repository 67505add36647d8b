"""Made-up votes of the example rounds, by every channel, and a desk that reads paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from django.utils.crypto import salted_hmac

from budgeting_blocks.choices import AgeBand
from budgeting_blocks.domain.eligibility import Facts
from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import Area, Proposal, Round
from budgeting_blocks.selectors.paper import numbered_items, versions_of
from budgeting_blocks.services.classes import create_class, pupil_codes
from budgeting_blocks.services.codes import Recipient, create_code_batch
from budgeting_blocks.services.desk import give_desk_right
from budgeting_blocks.services.paper import Counts, book_batch, check_envelope, enter_sheet, save_batch
from budgeting_blocks.services.persons import PersonKind, person_hash
from budgeting_blocks.services.rights import give_right, mailed_code
from budgeting_blocks.services.voting import cast_ballot
from cms.users.models import User
from home.demo.context import Demo

LETTERS, MAILS, PUPILS, AT_DESK, ON_PAPER = 84, 30, 18, 4, 12
# How often a letter's receiver lives where, and how old they are.
AREAS = {
    "keskusta": 26,
    "paavola": 18,
    "metsakalteva": 16,
    "hyvinkaankyla": 14,
    "sveitsi": 10,
    "kaukas": 10,
    "kytaja": 6,
}
AGES = {AgeBand.UNDER_18: 3, AgeBand.UNDER_30: 14, AgeBand.UNDER_45: 26, AgeBand.UNDER_65: 31, AgeBand.OVER: 26}


def cast_votes(demo: Demo, round: Round, liked: Mapping[Proposal, float], opens: datetime) -> None:
    """Seeded: the same ballots after every reset. Villagers like what is near them."""
    chance, user, now = Random(20_200_413), demo.users["koordinaattori"], opens + timedelta(days=2)  # noqa: S311
    letters, paper = _send_letters(demo, round, chance, opens)
    for code, area in letters:
        _cast(round, code, _choose(liked, chance, area), chance, now)
    for number in range(MAILS):
        person = person_hash(round, PersonKind.MAIL, f"esimerkki-{number}@example.com")
        secret = mailed_code(round, person, now)
        give_right(round=round, means=MeansKind.MAIL, person=person, facts=Facts(), now=now, secret=secret)
        _cast(round, secret, _choose(liked, chance), chance, now)
    school_class, teacher_code = create_class(
        round=round, school="Esimerkkikoulu", label="5A", size=PUPILS, age_band=AgeBand.UNDER_15, user=user, now=now
    )
    for code in pupil_codes(school_class, teacher_code):
        _cast(round, code, _choose(liked, chance), chance, now)
    for number in range(AT_DESK):
        code = give_desk_right(
            round=round,
            identifier=f"ESIM{number:05}",
            kind=PersonKind.DOCUMENT,
            birth=demo.day(-365 * (68 + number)).date(),
            user=user,
            now=now,
        )
        _cast(round, code, _choose(liked, chance), chance, now)
    _read_and_book(demo, round, [*paper, letters[0][0]], [_choose(liked, chance) for _code in paper])


def _send_letters(demo: Demo, round: Round, chance: Random, opens: datetime) -> tuple[list[tuple[str, str]], list[str]]:
    """Codes by letter with the receivers' areas, and those of letters that were answered on paper."""
    pks = dict(Area.objects.values_list("slug", "pk"))
    count = LETTERS + ON_PAPER
    areas = chance.choices(list(AREAS), list(AREAS.values()), k=count)
    ages = chance.choices(list(AGES), list(AGES.values()), k=count)
    recipients = [
        Recipient(salted_hmac("home.demo.letters", f"{number}", algorithm="sha256").hexdigest(), pks[area], age)
        for number, (area, age) in enumerate(zip(areas, ages, strict=True))
    ]
    _batch, codes = create_code_batch(
        round=round,
        label="Kirjeet koteihin",
        size=count,
        user=demo.users["koordinaattori"],
        now=opens - timedelta(days=10),
        recipients=recipients,
    )
    return list(zip(codes[:LETTERS], areas[:LETTERS], strict=True)), codes[LETTERS:]


def _choose(liked: Mapping[Proposal, float], chance: Random, area: str = "") -> list[int]:
    """Two to five of the items, the liked ones and the near ones more often."""
    weights = {
        item.pk: weight * (5 if area and item.area is not None and item.area.slug == area else 1)
        for item, weight in liked.items()
    }
    order = sorted(weights, key=lambda pk: chance.random() ** (1 / weights[pk]), reverse=True)
    return order[: chance.randint(2, 5)]


def _cast(round: Round, code: str, chosen: list[int], chance: Random, now: datetime) -> None:
    cast_ballot(round=round, code=code, proposals=chosen, key=f"demo-{chance.getrandbits(96):024x}", now=now)


def _read_and_book(demo: Demo, round: Round, codes: Sequence[str], ballots: Sequence[list[int]]) -> None:
    """The last of the codes has voted before; the last of the sheets is void."""
    user, now = demo.users["koordinaattori"], demo.day(-136, 9)
    counts = Counts(printed=60, unused=60 - len(codes), received=len(codes))
    batch = save_batch(round=round, label="Kirjaston laatikko", counts=counts, user=user, now=now)
    for handled, code in enumerate(codes):
        check_envelope(batch=batch, code=code, handled=handled, user=user, now=now)
    numbers = numbered_items(versions_of(round))
    for number, chosen in enumerate(ballots, start=1):
        void = "empty" if number == len(ballots) else ""
        marks = "" if void else " ".join(str(numbers[pk]) for pk in chosen)
        for reader in _readers(demo):
            enter_sheet(batch=batch, number=number, marks=marks, void_reason=void, user=reader, now=now)
    book_batch(batch=batch, user=user, now=now)


def read_paper(demo: Demo, round: Round) -> None:
    """A batch half read: envelopes left to check, a sheet that two people read in two ways, and one that one has read."""
    user, now = demo.users["koordinaattori"], demo.now
    _batch, codes = create_code_batch(round=round, label="Kirjeet kyliin", size=30, user=user, now=demo.day(-5))
    used = codes[0]
    cheap = min(versions_of(round)[0].items)
    cast_ballot(
        round=round, code=used, proposals=[cheap], points={cheap: 5}, key="demo-paper-twice-voted", now=demo.day(-3)
    )
    batch = save_batch(
        round=round,
        label="Kylätalo, 1. laatikko",
        counts=Counts(printed=40, unused=28, received=10),
        user=user,
        now=now,
    )
    for handled, code in enumerate([*codes[1:7], used, "2222-2222-2222"]):
        check_envelope(batch=batch, code=code, handled=handled, user=user, now=now)
    first, second = _readers(demo)
    for number, marks, again in ((1, "1=5 2=5", "1=5 2=5"), (2, "3=4 4=4", "3=4 4=4"), (3, "1=5 3=1", "1=5 3=4")):
        for reader, text in ((first, marks), (second, again)):
            enter_sheet(batch=batch, number=number, marks=text, void_reason="", user=reader, now=now)
    enter_sheet(batch=batch, number=4, marks="2=5", void_reason="", user=second, now=now)


def _readers(demo: Demo) -> tuple[User, User]:
    return demo.users["koordinaattori"], demo.users["yllapito"]
