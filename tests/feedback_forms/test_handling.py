"""Staff handle cases in the admin."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.common.dashboard import waiting_for
from cms.common.photos import CleanPhoto
from cms.users.models import User
from feedback_forms.domain.cases import Action, State, next_state
from feedback_forms.models import Case, CaseContact, CaseMessage, Topic
from feedback_forms.services import (
    FeedbackError,
    StaleCaseError,
    answer_case,
    close_case,
    move_case,
    reopen_case,
    start_handling,
)
from tests.feedback_forms.conftest import photo_bytes, signed_in

INBOX = "/admin/palaute/"


def act(client: Client, case: Case, action: str, **data: Any) -> Any:
    url = reverse("feedback_cases:act", args=[case.pk, action])
    return client.post(url, {"version": Case.objects.get(pk=case.pk).version, **data})


@pytest.fixture
def photo_case(make_case: Callable[..., Case]) -> Case:
    return make_case(
        photo=CleanPhoto(photo_bytes(), 40, 30), wants_answer=True, email="asukas@example.com", consent_to_publish=True
    )


def test_the_unit_s_handler_sees_the_case_in_the_inbox_and_opens_it(park_handler: User, photo_case: Case) -> None:
    client = signed_in(park_handler)
    assert photo_case.reference in client.get(INBOX).content.decode()
    html = client.get(reverse("feedback_cases:inspect", args=[photo_case.pk])).content.decode()
    assert "Milloin puisto avataan?" in html
    assert reverse("feedback_cases:photo", args=[photo_case.pk, photo_case.photos.get().pk]) in html
    assert "asukas@example.com" not in html


def test_another_units_handler_meets_404_everywhere(street_handler: User, photo_case: Case) -> None:
    client = signed_in(street_handler)
    photo = photo_case.photos.get()
    pk = photo_case.pk
    assert photo_case.reference not in client.get(INBOX).content.decode()
    for query in (photo_case.reference, "puisto", "kysymys"):
        assert f"palaute/{pk}/" not in client.get("/admin/palaute/results/", {"q": query}).content.decode()
    assert client.get(reverse("feedback_cases:inspect", args=[pk])).status_code == 404
    assert client.get(reverse("feedback_cases:photo", args=[pk, photo.pk])).status_code == 404
    assert client.post(reverse("feedback_cases:contact", args=[pk])).status_code == 404
    for action in [*Action, "propose"]:
        assert act(client, photo_case, action, text="x", topic=photo_case.topic_id).status_code == 404
    photo_case.refresh_from_db()
    assert (photo_case.state, photo_case.version) == ("received", 1)
    assert list(photo_case.log_entries.values_list("action", flat=True)) == ["feedback.received"]


def test_another_units_handler_reads_nothing_of_the_case_in_the_sites_history(
    street_handler: User, park_handler: User, photo_case: Case
) -> None:
    assert photo_case.reference not in signed_in(street_handler).get("/admin/reports/site-history/").content.decode()
    assert photo_case.reference in signed_in(park_handler).get("/admin/reports/site-history/").content.decode()


def test_a_photo_of_one_case_is_not_served_through_another(
    park_handler: User, photo_case: Case, make_case: Callable[..., Case]
) -> None:
    client, other = signed_in(park_handler), make_case()
    photo = photo_case.photos.get()
    response = client.get(reverse("feedback_cases:photo", args=[photo_case.pk, photo.pk]))
    assert response["Content-Type"] == "image/jpeg"
    assert "no-store" in response["Cache-Control"]
    assert client.get(reverse("feedback_cases:photo", args=[other.pk, photo.pk])).status_code == 404


def test_residents_and_moderators_never_reach_a_case(moderator: User, photo_case: Case) -> None:
    for client in (Client(), signed_in(moderator)):
        for url in (INBOX, reverse("feedback_cases:inspect", args=[photo_case.pk])):
            response = client.get(url)
            assert response.status_code == 302
        assert "Milloin puisto" not in client.get("/admin/", follow=True).content.decode()
    assert Client().get(f"/media/{photo_case.photos.get().file.name}").status_code == 404


def test_the_administrator_sees_every_unit(administrator: User, photo_case: Case) -> None:
    client = signed_in(administrator)
    assert photo_case.reference in client.get(INBOX).content.decode()
    assert client.get(reverse("feedback_cases:inspect", args=[photo_case.pk])).status_code == 200


def test_a_unit_taken_away_closes_the_door_at_once(park_handler: User, photo_case: Case) -> None:
    client = signed_in(park_handler)
    park_handler.units.clear()
    assert client.get(reverse("feedback_cases:inspect", args=[photo_case.pk])).status_code == 404


def test_each_look_at_contact_details_is_written_down(park_handler: User, photo_case: Case) -> None:
    client = signed_in(park_handler)
    url = reverse("feedback_cases:contact", args=[photo_case.pk])
    assert client.get(url).status_code == 405
    response = client.post(url)
    assert "asukas@example.com" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    entry = photo_case.log_entries.get(action="feedback.contact_seen")
    assert entry.user == park_handler
    assert "asukas" not in str(entry.data) + entry.label


def test_a_case_goes_from_received_to_answered_and_closed_in_the_admin(park_handler: User, photo_case: Case) -> None:
    client = signed_in(park_handler)
    assert act(client, photo_case, "start").status_code == 302
    assert act(client, photo_case, "close").status_code == 422  # the sender waits for an answer
    assert act(client, photo_case, "answer", text="Keväällä.").status_code == 302
    assert act(client, photo_case, "close").status_code == 302
    photo_case.refresh_from_db()
    assert photo_case.state == "closed"
    assert photo_case.messages.get().text == "Keväällä."
    html = client.get(reverse("feedback_cases:inspect", args=[photo_case.pk])).content.decode()
    for sentence in ("Palaute saapui", "Otti käsittelyyn", "Vastasi", "Päätti käsittelyn", "Avaa uudelleen"):
        assert sentence in html


def test_an_empty_or_too_long_answer_is_told_and_stays_on_the_page(park_handler: User, photo_case: Case) -> None:
    client = signed_in(park_handler)
    act(client, photo_case, "start")
    assert act(client, photo_case, "answer", text="").status_code == 422
    response = act(client, photo_case, "answer", text="vastaus " * 600)
    assert response.status_code == 422
    assert "vastaus vastaus" in response.content.decode()
    assert CaseMessage.objects.count() == 0


def test_two_handlers_at_once_the_second_is_told_and_nothing_is_overwritten(
    park_handler: User, administrator: User, photo_case: Case
) -> None:
    act(signed_in(park_handler), photo_case, "start")
    seen = Case.objects.get(pk=photo_case.pk).version
    url = reverse("feedback_cases:act", args=[photo_case.pk, "answer"])
    assert signed_in(park_handler).post(url, {"version": seen, "text": "Ensimmäinen"}).status_code == 302
    response = signed_in(administrator).post(url, {"version": seen, "text": "Toinen vastaus"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "Joku muu ehti muuttaa" in html
    assert "Toinen vastaus" in html
    assert [message.text for message in CaseMessage.objects.all()] == ["Ensimmäinen"]


def test_a_moved_case_leaves_the_first_unit_and_keeps_its_deadline(
    park_handler: User, street_handler: User, photo_case: Case, street_topic: Topic
) -> None:
    client = signed_in(park_handler)
    act(client, photo_case, "start")
    response = act(client, photo_case, "move", topic=street_topic.pk)
    assert response["Location"] == INBOX
    moved = Case.objects.get(pk=photo_case.pk)
    assert (moved.topic, moved.state, moved.due_at) == (street_topic, "received", photo_case.due_at)
    assert client.get(reverse("feedback_cases:inspect", args=[moved.pk])).status_code == 404
    html = signed_in(street_handler).get(reverse("feedback_cases:inspect", args=[moved.pk])).content.decode()
    assert "Puistot → Kadut ja liikenne" in html


def test_a_case_cannot_be_moved_to_a_closed_topic_or_to_where_it_is(
    park_handler: User, photo_case: Case, park_topic: Topic, street_topic: Topic
) -> None:
    Topic.objects.filter(pk=street_topic.pk).update(is_active=False)
    for topic in (street_topic, park_topic):
        with pytest.raises(FeedbackError):
            move_case(user=park_handler, case=photo_case, expected_version=1, topic=topic)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_services_follow_the_table_and_refuse_everything_else(
    make_case: Callable[..., Case], park_handler: User, street_topic: Topic, state: State, action: Action
) -> None:
    case, now = make_case(), timezone.now()
    Case.objects.filter(pk=case.pk).update(
        state=state.value,
        answered_at=now if state is State.ANSWERED else None,
        closed_at=now if state is State.CLOSED else None,
    )
    common: dict[str, Any] = {"user": park_handler, "case": case, "expected_version": 1}
    acts: dict[Action, Callable[[], Any]] = {
        Action.START: lambda: start_handling(**common),
        Action.ANSWER: lambda: answer_case(**common, text="Vastaus"),
        Action.MOVE: lambda: move_case(**common, topic=street_topic),
        Action.CLOSE: lambda: close_case(**common),
        Action.REOPEN: lambda: reopen_case(**common),
    }
    target = next_state(state, action)
    if target is None:
        with pytest.raises(FeedbackError):
            acts[action]()
        assert Case.objects.get(pk=case.pk).state == state.value
        assert Case.objects.get(pk=case.pk).version == 1
    else:
        acts[action]()
        assert Case.objects.get(pk=case.pk).state == target.value


def test_a_stale_version_is_refused_by_the_service(make_case: Callable[..., Case], park_handler: User) -> None:
    with pytest.raises(StaleCaseError):
        start_handling(user=park_handler, case=make_case(), expected_version=7)


def test_what_was_sent_is_never_edited(answered_case: Case) -> None:
    message = answered_case.messages.get()
    message.text = "Muutettu"
    with pytest.raises(TypeError):
        message.save()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "answered"},
        {"state": "closed"},
        {"state": "lost"},
        {"kind": "spam"},
        {"text": ""},
        {"latitude": 60.0},
        {"due_at": timezone.now() - timedelta(days=9)},
    ],
)
def test_the_database_refuses_impossible_cases(make_case: Callable[..., Case], wrong: dict[str, Any]) -> None:
    case = make_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**wrong)


def test_the_inbox_filters_by_state_deadline_kind_and_topic(
    park_handler: User, make_case: Callable[..., Case], park_topic: Topic, street_topic: Topic
) -> None:
    late = make_case(now=timezone.now() - timedelta(days=30), text="Vanha")
    new = make_case(kind="thanks", text="Tuore")
    start_handling(user=park_handler, case=late, expected_version=1)
    client = signed_in(park_handler)

    def found(**params: Any) -> set[str]:
        html = client.get(INBOX, params).content.decode()
        return {case.text for case in (late, new) if case.reference in html}

    assert found() == {"Vanha", "Tuore"}
    assert found(due="overdue") == {"Vanha"}
    assert found(state="in_handling") == {"Vanha"}
    assert found(state="received") == {"Tuore"}
    assert found(kind="thanks") == {"Tuore"}
    assert found(topic=park_topic.pk) == {"Vanha", "Tuore"}
    assert found(q="tuore") == {"Tuore"}
    # Another unit's topic is not even a choice, so it filters nothing and shows nothing more.
    assert "Kadut ja liikenne" not in client.get(INBOX).content.decode()


@pytest.mark.parametrize(
    "query", ["p=-1", "p=x", "p=99999999999999999999", "state=%00", "topic=%00", "q=%00", "ordering=x"]
)
def test_junk_in_the_inboxs_address_never_breaks_it(park_handler: User, photo_case: Case, query: str) -> None:
    assert signed_in(park_handler).get(f"{INBOX}?{query}").status_code == 200


def test_the_inbox_takes_at_most_twenty_queries_and_not_more_with_more_cases(
    park_handler: User, make_case: Callable[..., Case]
) -> None:
    client = signed_in(park_handler)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(INBOX).status_code == 200
        return len(captured)

    make_case()
    queries()
    few = queries()
    for _number in range(25):
        make_case()
    assert queries() == few
    assert few <= 20


def test_the_dashboard_tells_a_handler_what_waits_in_the_own_unit(
    park_handler: User, street_handler: User, make_case: Callable[..., Case], rf: Any
) -> None:
    make_case()
    make_case(now=timezone.now() - timedelta(days=30))
    request = rf.get("/admin/")
    request.user = park_handler
    assert [(item.count, item.url) for item in waiting_for(request) if "palaute" in item.url] == [
        (2, "/admin/palaute/?state=received"),
        (1, "/admin/palaute/?due=overdue"),
    ]
    request.user = street_handler
    assert [item.count for item in waiting_for(request) if "palaute" in item.url] == [0, 0]


def test_topics_are_the_administrators(administrator: User, park_handler: User, park_topic: Topic) -> None:
    url = reverse("feedback_topics:index")
    assert "Puistot" in signed_in(administrator).get(url).content.decode()
    assert signed_in(administrator).get(reverse("feedback_topics:edit", args=[park_topic.pk])).status_code == 200
    assert signed_in(park_handler).get(url).status_code == 302


def test_a_topic_with_feedback_cannot_be_deleted_and_says_so(
    administrator: User, make_case: Callable[..., Case], park_topic: Topic
) -> None:
    make_case()
    response = signed_in(administrator).post(reverse("feedback_topics:delete", args=[park_topic.pk]), follow=True)
    assert response.status_code == 200
    assert Topic.objects.filter(pk=park_topic.pk).exists()
    assert "Aiheella on palautteita" in response.content.decode()


def test_the_case_page_takes_a_bounded_number_of_queries(park_handler: User, photo_case: Case) -> None:
    client = signed_in(park_handler)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("feedback_cases:inspect", args=[photo_case.pk]))
    assert len(captured) <= 30


def test_contact_details_exist_exactly_when_an_answer_is_wanted(make_case: Callable[..., Case]) -> None:
    make_case()
    assert CaseContact.objects.count() == 0
    with pytest.raises(FeedbackError):
        make_case(wants_answer=True)
    with pytest.raises(FeedbackError):
        make_case(email="a@example.com")
    make_case(wants_answer=True, email="a@example.com")
    assert CaseContact.objects.count() == 1
