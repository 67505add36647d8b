"""Personal data is really gone a year and a half after arrival."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from cms.common.photos import CleanPhoto
from cms.common.retention import policies
from cms.users.models import User
from feedback_forms.models import Case, CaseContact, CaseMessage, CasePhoto, PublicFeedback
from feedback_forms.services import answer_case, hold_photo, propose_publication, start_handling
from feedback_forms.services.erasure import erase_expired
from tests.feedback_forms.conftest import photo_bytes


def test_a_tombstone_without_text_contact_photo_and_code_stays(
    make_case: Callable[..., Case], park_handler: User, private_folder: Path
) -> None:
    now = timezone.now()
    old = make_case(
        now=now - timedelta(days=549),
        text="Nimeni on Salainen",
        wants_answer=True,
        email="salainen@example.com",
        photo=CleanPhoto(photo_bytes(), 40, 30),
    )
    fresh = make_case(now=now - timedelta(days=547))
    old = start_handling(user=park_handler, case=old, expected_version=1)
    answer_case(user=park_handler, case=old, expected_version=2, text="Hei Salainen")
    assert erase_expired(now) == 1
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.text, old.place, old.follow_hash, old.submission_key, old.state) == ("", "", None, None, "closed")
    assert (old.kind, old.topic.name) == ("question", "Puistot")
    assert fresh.text
    assert CaseContact.objects.count() == CasePhoto.objects.count() == CaseMessage.objects.count() == 0
    assert not [path for path in private_folder.rglob("*") if path.is_file()]
    assert "alainen" not in str(list(old.log_entries.values()))
    assert erase_expired(now) == 0


def test_drafts_of_the_public_copy_go_too_and_what_is_public_stays(answered_case: Case, park_handler: User) -> None:
    copy = propose_publication(
        user=park_handler,
        case=answered_case,
        expected_version=answered_case.version,
        title="Otsikko",
        question="Soita Salaiselle 040 123",
        answer="Vastaus",
    )
    copy.question = "Siistitty"
    copy.save_revision().publish()
    erase_expired(timezone.now() + timedelta(days=600))
    assert PublicFeedback.objects.get().question == "Siistitty"
    contents = [str(revision.content) for revision in Revision.objects.for_instance(copy)]
    assert len(contents) == 1
    assert "Salaiselle" not in contents[0]


def test_a_copy_that_never_became_public_goes_with_the_case(answered_case: Case, park_handler: User) -> None:
    copy = propose_publication(
        user=park_handler,
        case=answered_case,
        expected_version=answered_case.version,
        title="Otsikko",
        question="Salainen",
        answer="Vastaus",
    )
    erase_expired(timezone.now() + timedelta(days=600))
    assert not PublicFeedback.objects.exists()
    assert not Revision.objects.for_instance(copy).exists()


def test_a_copy_that_was_taken_back_goes_with_the_case(answered_case: Case, park_handler: User) -> None:
    texts = {"title": "Otsikko", "question": "Salainen", "answer": "Vastaus"}
    copy = propose_publication(user=park_handler, case=answered_case, expected_version=answered_case.version, **texts)
    copy.latest_revision.publish()
    PublicFeedback.objects.get().unpublish()
    erase_expired(timezone.now() + timedelta(days=600))
    assert not PublicFeedback.objects.exists()
    assert not Revision.objects.for_instance(copy).exists()


def test_a_photo_whose_form_never_came_back_goes_in_the_night(private_folder: Path) -> None:
    hold_photo(CleanPhoto(photo_bytes(), 40, 30))
    call_command("purge_expired", verbosity=0)
    (held,) = (private_folder / "feedback-held").iterdir()
    day_ago = time.time() - 13 * 60 * 60
    os.utime(held, (day_ago, day_ago))
    call_command("purge_expired", verbosity=0)
    assert not list((private_folder / "feedback-held").iterdir())


def test_the_privacy_page_can_tell_how_long_feedback_is_kept() -> None:
    kept = {policy.name: policy.days for policy in policies() if policy.name.startswith("feedback")}
    assert kept == {"feedback": 548, "feedback-held-photos": 1}
