"""Putting proposals together, and taking them apart again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from budgeting_blocks.models import DistinctPair, MergeObjection, Proposal, ProposalContact, ProposalMerge
from budgeting_blocks.permissions.merging import can_merge_proposals, can_object_to_merge, can_undo_merge
from budgeting_blocks.permissions.words import NOT_YOURS
from budgeting_blocks.selectors.screening import authors_of
from budgeting_blocks.services.boxes import hold_box
from budgeting_blocks.services.followers import tell_followers
from budgeting_blocks.services.letters import own_token, send_letter
from budgeting_blocks.services.voices import carry_over_voices, take_back_voices
from cms.common.errors import ServiceError
from cms.common.mail import absolute_url, send_mail_on_commit
from cms.common.pagecache import invalidate
from cms.users.models import User

OBJECTION_DAYS = 14


class MergeError(ServiceError):
    """A merge, its undoing or an objection was refused."""


@transaction.atomic
def merge_proposals(
    *,
    sources: Sequence[Proposal],
    target: Proposal,
    reason: str,
    user: User | None,
    objection_until: datetime | None = None,
    now: datetime | None = None,
) -> list[ProposalMerge]:
    """Let `sources` live on in `target`: off the public lists, their addresses, authors, supporters, followers and comments
    go over to it. All or none. The authors are told by mail and may object until `objection_until` (in two weeks).

    Raises MergeError (field `sources`, `target`, `objection_until` or none) or ValidationError (field `reason`).
    """
    now = now or timezone.now()
    until = objection_until or now + timedelta(days=OBJECTION_DAYS)
    # A freeze holds the box alone: it sees all of this or nothing, and this sees whether the ballot is frozen.
    hold_box(target.round)
    ids = [source.pk for source in sources]
    locked = Proposal.objects.select_for_update().filter(pk__in=[*ids, target.pk]).order_by("pk")
    family = {proposal.pk: proposal for proposal in locked}
    target = _require_mergeable(ids, family, target.pk)
    if not (decision := can_merge_proposals(user, target.round)):
        raise MergeError(decision.reason)
    if until <= now:
        raise MergeError(_("Anna ehdottajille aikaa vastustaa yhdistämistä."), "objection_until")
    made = []
    for pk in dict.fromkeys(ids):
        source = family[pk]
        merge = ProposalMerge(
            target=target,
            source=source,
            reason=reason.strip(),
            merged_at=now,
            objection_until=until,
            made_by=user,
            live_revision_id=source.live_revision_id,
        )
        merge.full_clean(exclude=["carried"])
        if (state := source.current_workflow_state) is not None:
            # A change of the author's that still waits would make the source public again.
            state.cancel(user=user)
        source.unpublish(user=user)
        merge.carried = carry_over_voices(source=source, target=target)
        merge.save()
        for proposal in (source, target):
            log(
                instance=proposal,
                action="budgeting.merge",
                user=user,
                data={"source": source.pk, "target": target.pk, "reason": merge.reason},
            )
        made.append(merge)
    for contact in authors_of(target).select_related("proposal"):
        send_letter(contact, "merged", token=own_token(contact), proposal=target, until=until)
    tell_followers(target, "follower_merged")
    return made


@transaction.atomic
def keep_apart(*, proposals: Sequence[Proposal], user: User | None, now: datetime | None = None) -> None:
    """Note that no two of the proposals are the same, so that they are not suggested for a merge again. All are of one round.

    Raises MergeError.
    """
    now = now or timezone.now()
    chosen = sorted({proposal.pk: proposal for proposal in proposals}.values(), key=lambda proposal: proposal.pk)
    if len(chosen) < 2 or len({proposal.round_id for proposal in chosen}) > 1:
        raise MergeError(_("Valitse vähintään kaksi saman kierroksen ehdotusta."))
    if not (decision := can_merge_proposals(user, chosen[0].round)):
        raise MergeError(decision.reason)
    pairs = [DistinctPair(one=one, other=other, made_at=now, made_by=user) for one, other in combinations(chosen, 2)]
    for pair in pairs:
        pair.full_clean(validate_unique=False, validate_constraints=False)
    # Somebody else may have said the same of some of them.
    DistinctPair.objects.bulk_create(pairs, ignore_conflicts=True)
    for proposal in chosen:
        others = [other.pk for other in chosen if other != proposal]
        log(instance=proposal, action="budgeting.keep_apart", user=user, data={"others": others})


@transaction.atomic
def undo_merge(*, merge: ProposalMerge, user: User | None) -> Proposal:
    """Give a merged proposal its own life back, with what went over from it. The authors are told. Returns the proposal.

    Raises MergeError.
    """
    hold_box(merge.target.round)
    if not (decision := can_undo_merge(user, merge)):
        raise MergeError(decision.reason)
    source, target = merge.source, merge.target
    told = [*authors_of(source).select_related("proposal"), *ProposalContact.objects.filter(proposal=target)]
    for proposal in (source, target):
        log(
            instance=proposal,
            action="budgeting.unmerge",
            user=user,
            data={"source": source.pk, "target": target.pk, "objections": merge.objections.count()},
        )
    revision = Revision.objects.filter(pk=merge.live_revision_id).first() if merge.live_revision_id else None
    take_back_voices(source=source, carried=merge.carried)
    merge.delete()
    source = Proposal.objects.get(pk=source.pk)
    if revision is not None:
        revision.publish(user=user, skip_permission_checks=True)
        source.refresh_from_db()
    else:
        source.live, source.has_unpublished_changes = True, False
        source.save(update_fields=["live", "has_unpublished_changes"])
    invalidate()
    for contact in told:
        send_letter(contact, "unmerged", token=own_token(contact))
    return source


@transaction.atomic
def object_to_merge(*, contact: ProposalContact, merge: int, text: str, now: datetime | None = None) -> MergeObjection:
    """Take an author's objection. The same text again changes nothing. Who merged is told by mail, or, where they
    can decide no more, all who can. Until somebody answers or takes the merge apart, the rules cannot be frozen.

    Raises ProposalMerge.DoesNotExist when it does not concern this author, MergeError when it is too late or the second
    one, or ValidationError (field `text`).
    """
    now, text = now or timezone.now(), text.strip()
    found = (
        ProposalMerge.objects.select_for_update(of=("self",))
        .select_related("made_by", "source", "target")
        .get(pk=merge)
    )
    if contact.proposal_id not in (found.source_id, found.target_id):
        raise ProposalMerge.DoesNotExist
    if same := found.objections.filter(proposal=contact.proposal_id, text=text).first():
        return same
    if not (decision := can_object_to_merge(contact, found, now)):
        raise MergeError(decision.reason)
    objection = MergeObjection(merge=found, proposal=contact.proposal, text=text, created_at=now)
    objection.full_clean()
    objection.save()
    log(instance=found.source, action="budgeting.object_to_merge", user=None)
    for address in _deciders(found):
        send_mail_on_commit(
            to=address,
            template="budgeting_blocks/mail/objected",
            context={
                "merges_url": absolute_url(reverse("budgeting_merging:index")),
                "site_name": settings.WAGTAIL_SITE_NAME,
            },
        )
    return objection


@transaction.atomic
def answer_objection(
    *, objection: MergeObjection, text: str, user: User | None, now: datetime | None = None
) -> MergeObjection:
    """Keep the merge and tell the author why. Raises MergeError or ValidationError (field `answer`)."""
    now = now or timezone.now()
    if user is None or not user.has_perm("budgeting_blocks.delete_proposalmerge"):
        raise MergeError(_(NOT_YOURS))
    if not text.strip():
        raise MergeError(_("Kirjoita, miksi yhdistäminen jää voimaan."), "answer")
    objection.answer, objection.answered_at = text.strip(), now
    objection.full_clean()
    objection.save()
    log(instance=objection.merge.source, action="budgeting.answer_objection", user=user)
    for contact in ProposalContact.objects.filter(proposal=objection.proposal_id).exclude(email=""):
        send_letter(contact, "objection_answered", token=own_token(contact))
    return objection


def _deciders(merge: ProposalMerge) -> list[str]:
    """The addresses of those who are to decide about an objection."""
    permission = "budgeting_blocks.delete_proposalmerge"
    maker = merge.made_by
    if maker is not None and maker.is_active and maker.email and maker.has_perm(permission):
        return [maker.email]
    able = User.objects.with_perm(permission, backend="cms.users.backends.StaffBackend", include_superusers=False)
    return sorted(able.exclude(email="").values_list("email", flat=True).distinct())


def purge_objections(now: datetime) -> int:
    """Delete old objections, which may tell of their author. Returns how many."""
    limit = now - timedelta(days=settings.PROPOSAL_CONTACT_DAYS)
    return MergeObjection.objects.filter(created_at__lt=limit).delete()[0]


def _require_mergeable(ids: Sequence[int], family: dict[int, Proposal], target: int) -> Proposal:
    """The target as stored, when all of them can become one."""
    if not ids or target in ids:
        raise MergeError(_("Valitse vähintään yksi toinen ehdotus, joka yhdistetään tähän."), "sources")
    if len(family) != len({*ids, target}) or any(not proposal.live for proposal in family.values()):
        raise MergeError(_("Vain julkaistuja ehdotuksia voi yhdistää, joten mitään ei muutettu."), "sources")
    if len({proposal.round_id for proposal in family.values()}) != 1:
        raise MergeError(_("Vain saman kierroksen ehdotuksia voi yhdistää, joten mitään ei muutettu."), "sources")
    if ProposalMerge.objects.filter(target__in=ids).exists():
        raise MergeError(
            _("Ehdotukseen on jo yhdistetty muita. Valitse se ehdotukseksi, johon muut yhdistetään."), "sources"
        )
    return family[target]
