"""How long failed attempts to sign in are remembered."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog

FAILURE_DAYS = 30


def purge_failed_sign_ins(now: datetime) -> int:
    """Delete attempts, with the name and address they came with, that are older than `FAILURE_DAYS`. Returns how many."""
    before = now - timedelta(days=FAILURE_DAYS)
    return sum(
        model.objects.filter(attempt_time__lt=before).delete()[0]
        for model in (AccessAttempt, AccessFailureLog, AccessLog)
    )
