"""School classes: a teacher's code, and as many votes as there are pupils. No pupil is named anywhere."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import ClassList, CodeBatch, Round, VotingRight
from budgeting_blocks.permissions.rights import can_create_class
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.codes import CodesRefused, draw_codes, hash_code
from cms.common.textkeys import normalise_code
from cms.users.models import User

MAX_CLASS_SIZE = 60


@transaction.atomic
def create_class(
    *,
    round: Round,
    school: str,
    label: str,
    size: int,
    age_band: str = "",
    user: User | None,
    now: datetime,
    key: str = "",
) -> tuple[ClassList, str]:
    """Make a class list; returns it and the teacher's code, which is stored nowhere. The same `key` gives the same again."""
    if not (decision := can_create_class(user, round, rules_in_force(round).means, now)):
        raise CodesRefused(decision.reason)
    if not 1 <= size <= MAX_CLASS_SIZE:
        raise CodesRefused(_("Luokassa voi olla 1–%(max)d oppilasta.") % {"max": MAX_CLASS_SIZE}, "size")
    # The same post twice at once: the second waits, and finds the class of the first.
    Round.objects.select_for_update().filter(pk=round.pk).first()
    [teacher_code] = draw_codes(round, key or secrets.token_urlsafe(16), 1, "teacher")
    digest = teacher_hash(round, teacher_code)
    if earlier := ClassList.objects.filter(teacher_hash=digest, batch__size=size, school=school).first():
        return earlier, teacher_code
    batch = CodeBatch(round=round, label=f"{school}, {label}"[:80], size=size, created_at=now, created_by=user)
    batch.full_clean()
    batch.save()
    school_class = ClassList(batch=batch, school=school, label=label, teacher_hash=digest)
    school_class.full_clean()
    school_class.save(force_insert=True)
    rows = [
        VotingRight(
            round=round, batch=batch, means=MeansKind.CLASS, secret_hash=hash_code(round, code), age_band=age_band
        )
        for code in pupil_codes(school_class, teacher_code)
    ]
    secrets.SystemRandom().shuffle(rows)
    VotingRight.objects.bulk_create(rows)
    log(instance=batch, action="wagtail.create", user=user)
    return school_class, teacher_code


def find_class(round: Round, teacher_code: str) -> ClassList | None:
    """The class that this teacher's code opens; None for unknown, malformed and revoked ones alike."""
    return (
        ClassList.objects.select_related("batch__round")
        .filter(teacher_hash=teacher_hash(round, teacher_code), batch__round=round, batch__revoked_at=None)
        .first()
    )


def pupil_codes(school_class: ClassList, teacher_code: str) -> list[str]:
    """The codes of the class, one for each pupil, always the same."""
    batch = school_class.batch
    return draw_codes(batch.round, normalise_code(teacher_code), batch.size, "class")


def next_pupil_code(school_class: ClassList, teacher_code: str) -> str | None:
    """A code of the class that nobody has used, drawn by lot; None when all have voted."""
    batch = school_class.batch
    codes = {hash_code(batch.round, code): code for code in pupil_codes(school_class, teacher_code)}
    unused = VotingRight.objects.filter(batch=batch, used=False).values_list("secret_hash", flat=True)
    left = [codes[digest] for digest in unused if digest in codes]
    return secrets.choice(left) if left else None


def teacher_hash(round: Round, teacher_code: str) -> str:
    text = f"{round.pk}:{normalise_code(teacher_code)}"
    return salted_hmac("budgeting_blocks.teacher-code", text, algorithm="sha256").hexdigest()
