from datetime import timedelta

from axes.models import AccessAttempt
from django.utils import timezone

from cms.common.retention import policies
from cms.users.retention import purge_failed_sign_ins


def test_a_failed_sign_in_is_forgotten_after_thirty_days(db: None) -> None:
    now = timezone.now()
    for days in (29, 31):
        attempt = AccessAttempt.objects.create(
            username=f"kuka-{days}", ip_address="192.0.2.1", user_agent="x", failures_since_start=1
        )
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now - timedelta(days=days))
    assert purge_failed_sign_ins(now) == 1
    assert AccessAttempt.objects.get().username == "kuka-29"


def test_the_privacy_page_hears_of_it() -> None:
    assert "sign_in_failures" in {policy.name for policy in policies()}
