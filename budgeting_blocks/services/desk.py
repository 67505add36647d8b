"""Rights given at a desk, where staff see the person and their card.

No act is logged and no row has a time: in a quiet library, an hour beside a person would tell whose ballot came then. Each
member of staff has one batch, whose size tells how many rights they gave.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from budgeting_blocks.domain.eligibility import Facts, birth_of_hetu
from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import CodeBatch, Round, VotingRight
from budgeting_blocks.permissions.rights import can_assist_voting
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.codes import CODE_LENGTH
from budgeting_blocks.services.persons import PersonKind, has_hetu_shape, person_hash
from budgeting_blocks.services.rights import RightRefused, first_day, give_right
from cms.common.textkeys import random_code
from cms.users.models import User


@transaction.atomic
def give_desk_right(
    *,
    round: Round,
    identifier: str,
    kind: PersonKind = PersonKind.HETU,
    birth: date | None = None,
    resident: bool | None = None,
    user: User,
    now: datetime,
) -> str:
    """Give the person in front of the desk a one-time code. `birth` is needed only where the identifier is no hetu.

    Raises AlreadyVoted or RightRefused. A person who comes again before voting gets a new code, and the old one dies.
    """
    if not (decision := can_assist_voting(user, round, rules_in_force(round).means, now)):
        raise RightRefused(decision.reason)
    if kind is PersonKind.HETU:
        birth = birth_of_hetu(identifier)
        if not has_hetu_shape(identifier) or birth is None:
            raise RightRefused(_("Tarkista henkilötunnus: se ei ole oikean muotoinen."), "identifier")
    batch = _batch_of(round, user)
    code = give_right(
        round=round,
        means=MeansKind.DESK,
        person=person_hash(round, kind, identifier),
        facts=Facts(birth=birth, resident=resident),
        now=now,
        secret=random_code(CODE_LENGTH),
        batch=batch,
    )
    batch.size = VotingRight.objects.filter(batch=batch).count()
    batch.save(update_fields=["size"])
    return code


def _batch_of(round: Round, user: User) -> CodeBatch:
    label = _("Palvelupiste: %(name)s") % {"name": user.get_full_name() or user.get_username()}
    batch, _made = CodeBatch.objects.get_or_create(
        round=round,
        label=label[:80],
        # The day on which everybody's voting began, for the true one would belong to one person.
        defaults={"size": 1, "created_at": first_day(round), "created_by": user},
    )
    if batch.revoked_at is not None:
        raise RightRefused(_("Tästä palvelupisteestä annetut äänioikeudet on mitätöity. Kysy koordinaattorilta."))
    return batch
