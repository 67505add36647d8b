"""Changes of state of proposals: sent in, told of, forgotten."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.choices import ProposalSource
from budgeting_blocks.models import Area, Proposal, ProposalContact, ProposalPhoto, Round, Screening
from budgeting_blocks.permissions import can_enter_proposal, can_submit_proposal
from budgeting_blocks.permissions.proposals import came_in_time, is_entered_late
from budgeting_blocks.selectors.citymap import city_bounds
from budgeting_blocks.selectors.drafts import criteria_for_author, themes_of
from budgeting_blocks.services.follow import follow_token, hash_token
from budgeting_blocks.services.letters import send_letter
from cms.common import ratelimit
from cms.common.errors import ServiceError
from cms.users.models import User

HOUR = 60 * 60
PROPOSALS_PER_EMAIL = 10
RECEIPTS_PER_EMAIL = 3


class ProposalError(ServiceError):
    """A proposal was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalText:
    """What the author writes. `theme`, `area` and `criteria` are primary keys; a point has both numbers or neither."""

    title: str
    summary: str
    description: str
    theme: int
    area: int | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    criteria: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """A proposal that has been taken in. `token` opens the private follow-up page; `mailed` tells if a receipt went out."""

    proposal: Proposal
    token: str
    mailed: bool


def submit_proposal(
    *,
    round: Round,
    text: ProposalText,
    email: str,
    submission_key: str,
    language: str = "fi",
    photo: ProposalPhoto | None = None,
    now: datetime | None = None,
) -> Submission:
    """Take in a resident's proposal: a draft with a revision, in the moderation workflow if the site has one.

    The same text with the same `submission_key` (the form's own) gives the same proposal again. `photo` is one that is
    nobody's yet. Raises ProposalError or
    ValidationError (by field); then nothing is stored and no mail goes out.
    """
    now = now or timezone.now()
    key = _content_key(submission_key, round, text)
    with transaction.atomic():
        if earlier := _earlier(key):
            return earlier
    allowed = can_submit_proposal(None, round, now)
    if not allowed:
        raise ProposalError(allowed.reason)
    ident = email.strip().casefold()
    limited = ratelimit.check("propose-email", ident, PROPOSALS_PER_EMAIL, HOUR)
    if not limited:
        raise ProposalError(limited.reason, "email")
    arrival = _Arrival(key=key, email=email, language=language, photo=photo)
    return _take_in_once(round, text, arrival, now)


def enter_proposal(
    *,
    round: Round,
    text: ProposalText,
    source: str,
    consent: bool,
    user: User,
    submission_key: str,
    email: str = "",
    photo: ProposalPhoto | None = None,
    received_on: date | None = None,
    late_note: str = "",
    now: datetime | None = None,
) -> Submission:
    """Take in a proposal that somebody made by phone, on paper or at a desk; from there it goes the way of all others.

    `source` tells where it came from, `consent` that its author has agreed to the publication. Without an address nobody is
    written to. When proposing is over, `received_on` and `late_note` tell that it came in time. Who entered it stands in the
    log, with these. Raises as `submit_proposal` does.
    """
    now = now or timezone.now()
    key = _content_key(submission_key, round, text)
    allowed = can_enter_proposal(user, round, now)
    if not allowed:
        raise ProposalError(allowed.reason)
    if source not in ProposalSource.values or source == ProposalSource.WEB:
        raise ProposalError(_("Valitse, mistä ehdotus tuli."), "source")
    if not consent:
        raise ProposalError(_("Kirjaa, että ehdottaja on suostunut ehdotuksen julkaisemiseen."), "consent")
    late: dict[str, str] = {}
    if is_entered_late(round, now):
        if not (timely := came_in_time(round, received_on, now)):
            raise ProposalError(timely.reason, "received_on")
        if not late_note.strip():
            raise ProposalError(_("Kirjoita, mistä näkee, että ehdotus saapui ajoissa."), "late_note")
        late = {"received_on": str(received_on), "note": late_note.strip()}
    arrival = _Arrival(key=key, email=email, photo=photo, source=source, user=user, late=late)
    return _take_in_once(round, text, arrival, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrival:
    """How a proposal came in."""

    key: str
    email: str
    language: str = "fi"
    photo: ProposalPhoto | None = None
    source: str = ProposalSource.WEB
    user: User | None = None
    late: dict[str, str] = field(default_factory=dict)


def _take_in_once(round: Round, text: ProposalText, arrival: _Arrival, now: datetime) -> Submission:
    try:
        with transaction.atomic():
            if earlier := _earlier(arrival.key):  # it came while this one waited for its turn
                return earlier
            return _take_in(round, text, arrival, now)
    except IntegrityError:  # the same form came twice at the same moment, and the other one was first
        if earlier := _earlier(arrival.key):
            return earlier
        raise


def write_text(proposal: Proposal, text: ProposalText) -> None:
    """Put the author's words into a proposal, and check them; the criteria are for the caller, once it is saved.

    Raises ProposalError or ValidationError, by field.
    """
    theme = themes_of(proposal.round).filter(pk=text.theme).first()
    if theme is None:
        raise ProposalError(_("Valitse teema luettelosta."), "theme")
    area = Area.objects.filter(pk=text.area).first() if text.area else None
    if text.area and area is None:
        raise ProposalError(_("Valitse alue luettelosta."), "area")
    point = text.latitude, text.longitude
    if None not in point and not city_bounds().contains(*point):  # type: ignore[arg-type]
        raise ProposalError(_("Paikka ei ole kaupungin alueella. Merkitse se uudelleen tai poista merkki."), "place")
    proposal.title, proposal.summary, proposal.description = text.title, text.summary, text.description
    proposal.theme, proposal.area, proposal.place = theme, area, text.place
    proposal.latitude, proposal.longitude = text.latitude, text.longitude
    proposal.full_clean(exclude=["submission_key"])


def tick_criteria(proposal: Proposal, text: ProposalText) -> None:
    """Keep what the author says of the criteria; what the round does not ask is left out."""
    proposal.criteria.set(criteria_for_author(proposal.round).filter(pk__in=text.criteria))


def _take_in(round: Round, text: ProposalText, arrival: _Arrival, now: datetime) -> Submission:
    proposal = Proposal(
        round=round,
        photo=arrival.photo,
        source=arrival.source,
        consented_at=None if arrival.source == ProposalSource.WEB else now,
        submitted_at=now,
        submission_key=arrival.key,
        live=False,
        has_unpublished_changes=True,
    )
    write_text(proposal, text)
    proposal.save()
    tick_criteria(proposal, text)
    if arrival.photo is not None:
        ProposalPhoto.objects.filter(pk=arrival.photo.pk).update(proposal=proposal)
    data = {} if arrival.source == ProposalSource.WEB else {"source": arrival.source, "consent": True, **arrival.late}
    log(instance=proposal, action="wagtail.create", user=arrival.user, data=data)
    token = follow_token(arrival.key)
    mailed = _keep_contact(proposal, arrival, token, now) if arrival.email else False
    proposal.save_revision(log_action=False)
    # A rehearsal is no work for moderators.
    if round.rehearsal_of_id is None and (workflow := proposal.get_workflow()):
        workflow.start(proposal, user=None)
    return Submission(proposal, token, mailed)


def _keep_contact(proposal: Proposal, arrival: _Arrival, token: str, now: datetime) -> bool:
    """Keep how to reach the author, and write the receipt unless too many have gone to the address."""
    contact = ProposalContact(
        proposal=proposal,
        email=arrival.email,
        language=arrival.language,
        follow_hash=hash_token(token),
        created_at=now,
    )
    contact.full_clean(exclude=["proposal"])
    contact.save()
    mailed = bool(ratelimit.check("propose-mail", arrival.email.strip().casefold(), RECEIPTS_PER_EMAIL, HOUR))
    if mailed:
        send_letter(contact, "received", token=token)
    return mailed


def _content_key(submission_key: str, round: Round, text: ProposalText) -> str:
    """One form view may send in two different proposals (back, edit, send), but never the same one twice."""
    content = json.dumps([submission_key, round.pk, asdict(text)], sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()


def _earlier(key: str) -> Submission | None:
    proposal = Proposal.objects.filter(submission_key=key).first()
    return Submission(proposal, follow_token(key), mailed=True) if proposal else None


def record_publication(*, proposal: Proposal, now: datetime | None = None) -> None:
    """Note that a proposal has become public: screening gets its record, and the author is told, once."""
    now = now or timezone.now()
    with transaction.atomic():
        Screening.objects.get_or_create(proposal=proposal)
        untold = ProposalContact.objects.filter(proposal=proposal, told_of_publication_at=None)
        if untold.update(told_of_publication_at=now):
            send_letter(ProposalContact.objects.get(proposal=proposal), "published", proposal=proposal)


def purge_contacts(now: datetime) -> int:
    """Forget how to reach the authors of old proposals. Returns how many were forgotten."""
    limit = now - timedelta(days=settings.PROPOSAL_CONTACT_DAYS)
    return ProposalContact.objects.filter(Q(created_at__lt=limit)).delete()[0]
