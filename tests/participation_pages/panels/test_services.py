"""Applications in and out, changes of time, and deletion when time is up."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.users.roles import Role
from participation_pages.panels.domain.schedule import CallState, SessionState, Window
from participation_pages.panels.models import ApplicationContact, PanelApplication, PanelChange
from participation_pages.panels.selectors import panel_facts
from participation_pages.panels.services import (
    ApplicationError,
    ScheduleError,
    cancel_call,
    cancel_session,
    open_contact,
    postpone_call,
    postpone_session,
    purge_applications,
    withdraw_application,
)
from tests.participation_pages.panels.make import ANSWERS, apply, make_panel, make_session, only_application, staff

pytestmark = pytest.mark.django_db


def logged() -> list[str]:
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def test_an_application_keeps_background_and_contact_in_separate_tables() -> None:
    apply(make_panel(), email="hakija@example.com")
    application = only_application()
    assert application.answers == ANSWERS
    assert application.confirmed_age == 15
    assert application.contact.email == "hakija@example.com"
    held = {str(getattr(application, field.attname)) for field in PanelApplication._meta.fields}
    assert not any("hakija@" in text for text in held)


def test_the_code_is_not_in_the_database() -> None:
    code = apply(make_panel())
    application = only_application()
    fields = [str(getattr(application, field.attname)) for field in PanelApplication._meta.fields]
    assert not any(code in text or code.replace("-", "") in text for text in fields)


def test_the_same_form_sent_twice_gives_the_same_code_and_one_application() -> None:
    panel = make_panel()
    assert apply(panel, form_key="k" * 22) == apply(panel, form_key="k" * 22)
    assert PanelApplication.objects.count() == 1


def test_two_people_can_use_the_same_open_form_one_after_the_other() -> None:
    panel = make_panel()
    first = apply(panel, form_key="k" * 22, email="a@example.com")
    assert apply(panel, form_key="k" * 22, email="b@example.com") != first
    assert PanelApplication.objects.count() == 2


def test_the_same_form_sent_again_with_other_answers_changes_nothing_and_says_so() -> None:
    panel = make_panel()
    apply(panel, form_key="k" * 22)
    with pytest.raises(ApplicationError, match="muilla tiedoilla"):
        apply(panel, form_key="k" * 22, answers=ANSWERS | {"Ikäryhmä": "65+"})
    assert only_application().answers == ANSWERS


@pytest.mark.parametrize("again", ["hakija@example.com", "HAKIJA@example.com ", "Hakija@Example.COM"])
def test_a_second_application_by_the_same_address_changes_nothing_and_only_the_address_is_told(
    again: str, django_capture_on_commit_callbacks
) -> None:
    panel = make_panel()
    with django_capture_on_commit_callbacks(execute=True):
        first = apply(panel)
        second = apply(panel, email=again, answers=ANSWERS | {"Ikäryhmä": "65+"})
    assert only_application().answers == ANSWERS
    assert len(second) == len(first) and second != first
    assert "jo hakenut" in mail.outbox[1].subject
    assert first not in mail.outbox[1].body and second not in mail.outbox[1].body


def test_the_code_of_a_second_application_cannot_be_told_from_a_real_one_by_using_it() -> None:
    panel = make_panel()
    apply(panel)
    decoy = apply(panel)
    withdraw_application(code=decoy, now=timezone.now())
    assert only_application().withdrawn_at is None


def test_the_same_person_may_apply_to_two_panels() -> None:
    apply(make_panel())
    apply(make_panel())
    hashes = set(PanelApplication.objects.values_list("person_hash", flat=True))
    assert len(hashes) == 2, "the hashes of one person in two panels must not join"


def test_a_phone_number_is_enough_and_counts_as_the_same_in_any_spelling() -> None:
    panel = make_panel()
    apply(panel, email="", phone="040 123 4567")
    apply(panel, email="", phone="040-1234567")
    assert PanelApplication.objects.count() == 1
    assert not mail.outbox


def test_the_database_itself_refuses_a_second_application_by_one_person() -> None:
    apply(make_panel())
    copy = only_application()
    copy.pk, copy.pool_code, copy.submission_key, copy.reference_hash = None, "X", "x", "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"consent": False}, "consent"),
        ({"of_age": False}, "of_age"),
        ({"email": "", "phone": ""}, "email"),
        ({"answers": {}}, None),
        ({"answers": ANSWERS | {"Ikäryhmä": "0–14"}}, None),
        ({"answers": ANSWERS | {"Uskonto": "x"}}, None),
        ({"answers": {"Ikäryhmä": None, "Sukupuoli": None}}, None),
    ],
)
def test_what_is_missing_or_foreign_is_refused_and_nothing_is_stored(change: dict, field: str | None) -> None:
    with pytest.raises(ApplicationError) as refusal:
        apply(make_panel(), **change)
    assert refusal.value.field == field
    assert not PanelApplication.objects.exists() and not ApplicationContact.objects.exists()


@pytest.mark.parametrize("fields", [{"live": False}, {"call_closes_at": timezone.now() - timedelta(hours=1)}])
def test_an_unpublished_panel_and_a_closed_call_take_no_application(fields: dict) -> None:
    with pytest.raises(ApplicationError):
        apply(make_panel(**fields))
    assert not PanelApplication.objects.exists()


def test_a_withdrawn_application_keeps_neither_answers_nor_contact_and_frees_the_address() -> None:
    panel = make_panel()
    code = apply(panel)
    withdraw_application(code=code.lower().replace("-", " "), now=timezone.now())
    application = only_application()
    assert (application.answers, application.person_hash) == ({}, None)
    assert not ApplicationContact.objects.exists()
    apply(panel)
    assert PanelApplication.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_withdrawing_twice_is_the_same_as_once() -> None:
    code = apply(make_panel())
    withdraw_application(code=code, now=timezone.now())
    withdraw_application(code=code, now=timezone.now())
    assert logged().count("panels.application.withdraw") == 1


@pytest.mark.parametrize("code", ["", "x", "AAAA-AAAA-AAAA-AAAA", "' OR 1=1 --", "ÄÄÄÄ-ÄÄÄÄ-ÄÄÄÄ-ÄÄÄÄ", "2" * 400])
def test_a_code_that_was_never_given_out_is_refused(code: str) -> None:
    apply(make_panel())
    with pytest.raises(ApplicationError) as refusal:
        withdraw_application(code=code, now=timezone.now())
    assert refusal.value.field == "code"
    assert only_application().withdrawn_at is None


def test_no_address_gets_more_than_three_messages_an_hour(django_capture_on_commit_callbacks) -> None:
    panel = make_panel()
    with django_capture_on_commit_callbacks(execute=True):
        for _attempt in range(8):
            apply(panel, email="uhri@example.com")
    assert len(mail.outbox) == 3


def test_the_receipt_mail_holds_the_code_and_none_of_the_applicants_words(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        code = apply(make_panel(), phone="040 765 4321")
    message = mail.outbox[0]
    assert code in message.body
    assert "15–29" not in message.body and "040" not in message.body


def test_each_look_at_a_contact_is_logged_with_the_looker() -> None:
    apply(make_panel())
    user = staff(Role.ADMINISTRATOR)
    for _look in range(2):
        assert open_contact(application=only_application(), user=user).email == "hakija@example.com"
    looks = ModelLogEntry.objects.filter(action="panels.application.view_contact")
    assert [entry.user_id for entry in looks] == [user.pk, user.pk]


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.MODERATOR, Role.CASE_HANDLER, None])
def test_others_get_no_contact(role: Role | None) -> None:
    apply(make_panel())
    with pytest.raises(ApplicationError):
        open_contact(application=only_application(), user=staff(role))
    assert "panels.application.view_contact" not in logged()


def test_a_cancelled_call_says_why_and_stays_cancelled_when_an_older_draft_is_published() -> None:
    panel = make_panel()
    older = panel.save_revision()
    cancel_call(panel=panel, reason="Pandemia", user=staff(Role.ADMINISTRATOR), now=timezone.now())
    older.publish()
    panel.refresh_from_db()
    facts = panel_facts(panel, now=timezone.now())
    assert facts.state is CallState.CANCELLED
    assert facts.standing.reason == "Pandemia"
    with pytest.raises(ApplicationError, match="peruttu"):
        apply(panel)


def test_a_postponed_session_keeps_its_old_date_also_after_a_draft_without_it_is_published() -> None:
    panel = make_panel()
    older = panel.save_revision()
    session = make_session(panel)
    new = Window(session.starts_at + timedelta(days=30), session.ends_at + timedelta(days=30))
    postpone_session(session=session, reason="Salia korjataan", window=new, user=None, now=timezone.now())
    older.publish()
    (item,) = panel_facts(panel, now=timezone.now()).sessions
    assert item.state is SessionState.POSTPONED
    assert item.standing.window == new
    assert item.standing.earlier == (session.planned,)


def test_postponing_a_call_closes_it_until_its_new_time() -> None:
    panel, now = make_panel(), timezone.now()
    postpone_call(
        panel=panel, reason="Syy", window=Window(now + timedelta(days=5), now + timedelta(days=9)), user=None, now=now
    )
    with pytest.raises(ApplicationError, match="ei ole vielä alkanut"):
        apply(panel)
    apply(panel, now=now + timedelta(days=6))


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_cancelled_without_a_reason(reason: str) -> None:
    session = make_session(make_panel())
    with pytest.raises(ScheduleError) as refusal:
        cancel_session(session=session, reason=reason, user=None, now=timezone.now())
    assert refusal.value.field == "reason"
    assert not PanelChange.objects.exists()


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.MODERATOR, Role.CASE_HANDLER, None])
def test_others_change_no_times(role: Role | None) -> None:
    panel = make_panel()
    with pytest.raises(ScheduleError):
        cancel_call(panel=panel, reason="Syy", user=staff(role), now=timezone.now())
    assert not PanelChange.objects.exists()


def test_the_second_of_two_who_change_times_at_once_is_told() -> None:
    panel, user = make_panel(), staff(Role.ADMINISTRATOR)
    postpone_call(panel=panel, reason="Syy", window=None, user=user, now=timezone.now(), known_changes=0)
    with pytest.raises(ScheduleError, match="Joku muu"):
        cancel_call(panel=panel, reason="Toinen syy", user=user, now=timezone.now(), known_changes=0)


def test_changes_of_time_are_in_the_log_with_the_reason() -> None:
    panel = make_panel()
    cancel_call(panel=panel, reason="Pandemia", user=None, now=timezone.now())
    entry = ModelLogEntry.objects.get(action="panels.schedule.cancelled")
    assert entry.data["reason"] == "Pandemia"


@pytest.mark.parametrize(("days", "left"), [(179, 1), (181, 0)])
def test_applications_go_180_days_after_the_call_closed(days: int, left: int) -> None:
    panel = make_panel()
    apply(panel)
    now = panel.call_closes_at + timedelta(days=days)
    assert purge_applications(now) == 1 - left
    assert (PanelApplication.objects.count(), ApplicationContact.objects.count()) == (left, left)


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_applications_go_30_days_after_the_call_was_cancelled(days: int, left: int) -> None:
    panel = make_panel()
    apply(panel)
    cancel_call(panel=panel, reason="Syy", user=None, now=timezone.now())
    purge_applications(timezone.now() + timedelta(days=days))
    assert PanelApplication.objects.count() == left


def test_the_nightly_command_knows_of_applications() -> None:
    from cms.common.retention import policies

    assert "panel_applications" in [policy.name for policy in policies()]
