"""The made-up voters of a rehearsal: each gets the right to vote the way a real voter does, by the same services."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from random import Random

from django.utils.translation import gettext as _

from budgeting_blocks.domain.eligibility import Facts
from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.domain.rehearsing import made_up_choices
from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import Round
from budgeting_blocks.selectors.paper import numbered_items, versions_of
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.classes import MAX_CLASS_SIZE, create_class, pupil_codes
from budgeting_blocks.services.codes import create_code_batch
from budgeting_blocks.services.desk import give_desk_right
from budgeting_blocks.services.paper import Counts, PaperRefused, book_batch, check_envelope, enter_sheet, save_batch
from budgeting_blocks.services.persons import PersonKind, person_hash
from budgeting_blocks.services.rights import first_day, give_right, mailed_code
from cms.users.models import User

# Each sheet is read twice, and a few show as much as hundreds.
MOST_SHEETS = 20
OLDEST = 85
# Django's own, by the permissions of the groups; with several backends it is to be named.
BACKEND = "django.contrib.auth.backends.ModelBackend"


def deal_means(frozen: Frozen, voters: int) -> Counter[MeansKind]:
    """How many vote by each means: as many by each, but few on paper."""
    means = [kind for kind in frozen.means if kind is not MeansKind.PAPER]
    sheets = min(MOST_SHEETS, max(1, voters // len(frozen.means))) if MeansKind.PAPER in frozen.means else 0
    if not means:
        return Counter({MeansKind.PAPER: sheets})
    dealt: Counter[MeansKind] = Counter(means[number % len(means)] for number in range(voters - sheets))
    dealt[MeansKind.PAPER] = sheets
    return dealt


def give_rights(copy: Round, user: User, dealt: Counter[MeansKind], chance: Random, now: datetime) -> list[str]:
    """The secrets of all who do not vote on paper, in an order of chance."""
    found: list[str] = []
    birth = partial(_birth, chance, first_day(copy).year, rules_in_force(copy).rules.min_age or 0)
    if size := dealt[MeansKind.CODE]:
        found += create_code_batch(round=copy, label=_("Harjoitus"), size=size, user=user, now=now)[1]
    found += _of_classes(copy, user, dealt[MeansKind.CLASS], now)
    for _number in range(dealt[MeansKind.MAIL]):
        person = person_hash(copy, PersonKind.MAIL, f"{secrets.token_hex(8)}@example.invalid")
        code = mailed_code(copy, person, now)
        found.append(give_right(round=copy, means=MeansKind.MAIL, person=person, facts=Facts(), now=now, secret=code))
    for _number in range(dealt[MeansKind.OIDC]):
        person = person_hash(copy, PersonKind.SUBJECT, secrets.token_hex(8))
        facts = Facts(birth=birth(), resident=True)
        found.append(give_right(round=copy, means=MeansKind.OIDC, person=person, facts=facts, now=now))
    for _number in range(dealt[MeansKind.DESK]):
        code = give_desk_right(
            round=copy,
            identifier=secrets.token_hex(8),
            kind=PersonKind.DOCUMENT,
            birth=birth(),
            resident=True,
            user=user,
            now=now,
        )
        found.append(code)
    chance.shuffle(found)
    return found


def vote_on_paper(copy: Round, user: User, sheets: int, chance: Random, now: datetime, closed: datetime) -> int:
    """Envelopes with codes, two readings of each sheet, and the booking; one envelope comes twice. Returns how many came in
    vain. `now` lies in the time of the vote, `closed` after it."""
    if not sheets:
        return 0
    second = _second_reader(user)
    _batch, codes = create_code_batch(round=copy, label=_("Harjoituksen paperit"), size=sheets, user=user, now=now)
    counts = Counts(printed=sheets + 1, unused=0, received=sheets + 1)
    batch = save_batch(round=copy, label=_("Harjoitus"), counts=counts, user=user, now=now)
    for number, code in enumerate([*codes, codes[0]]):
        check_envelope(batch=batch, code=code, handled=number, user=user, now=now)
    for number, marks in enumerate(_sheets(copy, sheets, chance), start=1):
        for reader in (user, second):
            enter_sheet(batch=batch, number=number, marks=marks, void_reason="", user=reader, now=now)
    book_batch(batch=batch, user=user, now=closed)
    return 1


def _sheets(copy: Round, sheets: int, chance: Random) -> Iterator[str]:
    frozen, numbers = rules_in_force(copy), numbered_items(versions_of(copy))
    for _sheet in range(sheets):
        yield " ".join(f"{numbers[pk]}={points}" for pk, points in made_up_choices(frozen, chance).items())


def _second_reader(user: User) -> User:
    """Another who may read ballots. Without one the round's paper desk could not work either."""
    readers = User.objects.with_perm("budgeting_blocks.enter_paper", backend=BACKEND)
    other = readers.exclude(pk=user.pk).order_by("pk").first()
    if other is None:
        raise PaperRefused(
            _("Paperilipun lukee kaksi ihmistä. Anna ensin toisellekin tunnukselle oikeus lukea paperilippuja.")
        )
    return other


def _of_classes(copy: Round, user: User, pupils: int, now: datetime) -> list[str]:
    found: list[str] = []
    while len(found) < pupils:
        size, label = min(MAX_CLASS_SIZE, pupils - len(found)), str(len(found) // MAX_CLASS_SIZE + 1)
        school_class, teacher_code = create_class(
            round=copy, school=_("Harjoituskoulu"), label=label, size=size, user=user, now=now
        )
        found += pupil_codes(school_class, teacher_code)
    return found


def _birth(chance: Random, year: int, min_age: int) -> date:
    """Of somebody who is old enough for a round of that year."""
    youngest = max(min_age, 12) + 1
    return date(year - chance.randint(youngest, max(OLDEST, youngest)), 1, 1)
