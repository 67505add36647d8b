"""Giving a person who has shown who they are the right to vote: a row in the register, and its secret for the voter alone.

Whatever the means, the secret is a code that `hash_code` turns into the row's hash, so that casting needs to know nothing of
means. Nothing here is logged and no row tells when: an hour beside a person would join them with a ballot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from budgeting_blocks.domain.eligibility import Facts, Fault, age_band, asks_declaration, find_fault
from budgeting_blocks.domain.freezing import Rules
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.domain.rules import USUAL_STRENGTH, MeansKind, Strength
from budgeting_blocks.models import CodeBatch, Round, VotingRight
from budgeting_blocks.permissions.rights import can_get_right
from budgeting_blocks.selectors.casting import box_salt
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.codes import hash_code
from cms.common.errors import ServiceError
from cms.common.textkeys import ALPHABET, code_from_bytes, normalise_code, random_code

TOKEN_LENGTH = 20
# A mailed code is the only one of this length; its last group tells until when it holds.
MAILED_LENGTH = 12
_HOUR_LENGTH = 4
MAILED_HOURS = 24
# Within so many hours the same address is sent the same code again.
_SLOT_HOURS = 6


class RightRefused(ServiceError):
    """Nobody got a right to vote."""


class RightUnknown(RightRefused):
    """This means did not tell enough; another one may."""


class AlreadyVoted(RightRefused):
    """This person's vote is in the box."""


@dataclass(frozen=True, slots=True)
class HeldRight:
    """An unused right that a secret opens. `declares`: the voter must say themself that they may vote."""

    means: MeansKind
    strength: Strength
    declares: bool


@transaction.atomic
def give_right(
    *,
    round: Round,
    means: MeansKind,
    person: str | None,
    facts: Facts,
    now: datetime,
    secret: str = "",
    batch: CodeBatch | None = None,
) -> str:
    """Give the person (a key of `persons.person_hash`) one right by this means; returns its secret, which is not kept.

    At a desk and through the broker, a right that the same person holds and has not used gets the new secret, and the old one
    is worth nothing any more. By mail it stays good beside the new one until one of them is used or its day is over: anybody
    can ask for a code to somebody else's address, and must not end the code that is there. Rights by mail do not pile up:
    `secret` is `mailed_code`, of which few hold at once, and those that are over go. Raises AlreadyVoted, or RightRefused
    with the reason.
    """
    frozen = rules_in_force(round)
    if not (decision := can_get_right(round, means, frozen.means, now)):
        raise RightRefused(decision.reason)
    if has_voted(round, person):
        raise AlreadyVoted(_("Äänesi on jo uurnassa. Kukin voi äänestää kerran, tavasta riippumatta."))
    day = first_day(round)
    if means is not MeansKind.MAIL and (fault := find_fault(frozen.rules, facts, day)):
        refusal = RightUnknown if fault is Fault.NOT_KNOWN else RightRefused
        raise refusal(_fault_text(fault, frozen.rules.min_age))
    secret = secret or random_code(TOKEN_LENGTH)
    values = {"secret_hash": hash_code(round, secret), "age_band": age_band(facts.birth, day), "batch": batch}
    waiting = VotingRight.objects.filter(round=round, means=means, person_hash=person, used=False)
    right = VotingRight(round=round, means=means, person_hash=person, **values)
    if means is MeansKind.MAIL and person:
        waiting.exclude(secret_hash__in=[hash_code(round, code) for code in _mailed_codes(round, person, now)]).delete()
        # The code that was sent some hours ago is there already.
        VotingRight.objects.bulk_create([right], ignore_conflicts=True)
    elif not (person and waiting.update(**values)):
        VotingRight.objects.bulk_create([right])
    return secret


def has_voted(round: Round, person: str | None) -> bool:
    """Whether the person, as far as it is known who it is, has used a right of this round."""
    return bool(person) and VotingRight.objects.filter(round=round, person_hash=person, used=True).exists()


def find_held_right(round: Round, secret: str, now: datetime) -> HeldRight | None:
    """The unused right that this secret opens. None for unknown, malformed, used and expired ones alike."""
    unused = VotingRight.objects.filter(round=round, secret_hash=hash_code(round, secret), used=False)
    found = unused.values_list("means", "person_hash").first()
    if found is None or is_expired(round, secret, now) or has_voted(round, found[1]):
        return None
    frozen, means = rules_in_force(round), MeansKind(found[0])
    return HeldRight(
        means=means,
        strength=frozen.means.get(means, USUAL_STRENGTH[means]),
        # Who asked for a mailed code has declared it then; a class is vouched for by its school.
        declares=means is MeansKind.CODE and not found[1] and asks_declaration(frozen.rules),
    )


def first_day(round: Round) -> datetime:
    """The moment on whose day the age counts: when the vote opens, in the city's time."""
    window = round.schedule.window(Kind.VOTING)
    if window is None:
        raise RightRefused(_("Tällä kierroksella ei äänestetä."))
    return timezone.localtime(window.opens_at)


def mailed_code(round: Round, person: str, now: datetime) -> str:
    """The code for this person that holds for a day at least. Its end is part of the code and so of its hash: the database
    tells no time. Who asks again within some hours gets the same one."""
    return _code_of_slot(round, person, _hours(round, now) // _SLOT_HOURS)


def _mailed_codes(round: Round, person: str, now: datetime) -> list[str]:
    """All codes by mail that the person may hold now."""
    newest = _hours(round, now) // _SLOT_HOURS
    return [_code_of_slot(round, person, newest - back) for back in range(MAILED_HOURS // _SLOT_HOURS + 1)]


def _code_of_slot(round: Round, person: str, slot: int) -> str:
    # Keyed with the installation's secret, so that nobody works it out from the register.
    digest = salted_hmac(f"budgeting_blocks.mailed:{box_salt(round)}", f"{person}:{slot}", algorithm="sha256").digest()
    number, signs = (slot + 1) * _SLOT_HOURS + MAILED_HOURS, ""
    for _position in range(_HOUR_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs = ALPHABET[place] + signs
    return normalise_code(code_from_bytes(digest, MAILED_LENGTH) + signs)


def is_expired(round: Round, secret: str, now: datetime) -> bool:
    """Whether this is a mailed code whose day is over."""
    signs = normalise_code(secret).replace("-", "")
    if len(signs) != MAILED_LENGTH + _HOUR_LENGTH or not set(signs) <= set(ALPHABET):
        return False
    end = 0
    for sign in signs[MAILED_LENGTH:]:
        end = end * len(ALPHABET) + ALPHABET.index(sign)
    return _hours(round, now) >= end


def _hours(round: Round, now: datetime) -> int:
    return max(0, (now - first_day(round)) // timedelta(hours=1))


def declaration_text(rules: Rules) -> str:
    """What a voter whom no register vouches for declares, in the first person; "" when everybody may vote."""
    min_age = rules.min_age
    if not asks_declaration(rules):
        return ""
    if min_age and rules.residents_only:
        text = _("Olen vähintään %(age)d-vuotias ja asun kunnassa, joten minulla on oikeus äänestää.")
    elif min_age:
        text = _("Olen vähintään %(age)d-vuotias, joten minulla on oikeus äänestää.")
    else:
        text = _("Asun kunnassa, joten minulla on oikeus äänestää.")
    return text % {"age": min_age or 0}


def _fault_text(fault: Fault, min_age: int | None) -> str:
    match fault:
        case Fault.TOO_YOUNG:
            return _("Tässä äänestyksessä äänestäjän on oltava vähintään %(age)d-vuotias, kun äänestys alkaa.") % {
                "age": min_age or 0
            }
        case Fault.NOT_RESIDENT:
            return _("Tässä äänestyksessä voivat äänestää vain kunnan asukkaat.")
        case Fault.NOT_KNOWN:
            return _("Ikä tai kotikunta ei selvinnyt, joten äänioikeutta ei voitu todeta.")
