"""The block on a page: its topics, and the list of what is published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.blocks.base import BlockWidget
from wagtail.models import Page

from cms.users.models import User
from feedback_forms.blocks import FeedbackFormBlock
from feedback_forms.models import Case, PublicFeedback, Topic
from feedback_forms.services import answer_case, start_handling
from home.models import HomePage
from tests.feedback_forms.conftest import BLOCK_ID, put_blocks, signed_in


def publish(case: Case, title: str = "Puiston avaaminen", **changes: Any) -> PublicFeedback:
    copy = PublicFeedback(
        case=case,
        topic=case.topic,
        kind=case.kind,
        received_on=case.received_at.date(),
        title=title,
        question="Milloin puisto avataan?",
        answer="Keväällä.",
        **{"live": True, "has_unpublished_changes": False, **changes},
    )
    copy.save()
    return copy


@pytest.fixture
def publish_many(make_case: Callable[..., Case], park_handler: User) -> Callable[[int], None]:
    def build(count: int) -> None:
        for _number in range(count):
            publish(make_case(consent_to_publish=True))

    return build


def test_all_active_topics_are_offered_unless_the_editor_chose_some(
    client: Client, feedback_page: HomePage, park_topic: Topic
) -> None:
    html = client.get("/").content.decode()
    assert "Kadut ja liikenne" in html
    assert "Puistot" in html
    put_blocks(
        feedback_page, {"heading": "Puistot", "topics": [{"type": "item", "value": park_topic.pk, "id": BLOCK_ID}]}
    )
    assert "Kadut ja liikenne" not in client.get("/").content.decode()


def test_a_topics_name_is_text_in_the_hint_of_the_place(
    client: Client, feedback_page: HomePage, street_topic: Topic
) -> None:
    street_topic.name = "<b>Kadut</b>"
    street_topic.save()
    html = client.get("/").content.decode()
    assert "&lt;b&gt;Kadut" in html
    assert "<b>Kadut" not in html


def test_the_form_names_the_page_and_block_that_it_stands_in(client: Client, feedback_page: HomePage) -> None:
    assert f'name="origin" value="{feedback_page.pk}:{BLOCK_ID}"' in client.get("/").content.decode()


def test_when_the_chosen_topics_are_out_of_use_residents_get_a_notice_and_editors_the_reason(
    client: Client, feedback_page: HomePage, park_topic: Topic, administrator: User
) -> None:
    put_blocks(
        feedback_page, {"heading": "Puistot", "topics": [{"type": "item", "value": park_topic.pk, "id": BLOCK_ID}]}
    )
    park_topic.is_active = False
    park_topic.save()
    html = client.get("/").content.decode()
    assert "Tällä lomakkeella ei voi juuri nyt antaa palautetta" in html
    assert "Anna palautetta muusta aiheesta" in html
    assert "Näkyy vain muokkaajille" not in html
    seen_by_editor = signed_in(administrator).get("/").content.decode()
    assert "Näkyy vain muokkaajille" in seen_by_editor
    assert "Puistot" in seen_by_editor


def test_a_deleted_topic_does_not_open_the_form_to_all_the_others(
    client: Client, feedback_page: HomePage, park_topic: Topic
) -> None:
    put_blocks(
        feedback_page, {"heading": "Puistot", "topics": [{"type": "item", "value": park_topic.pk, "id": BLOCK_ID}]}
    )
    park_topic.delete()
    html = client.get("/").content.decode()
    assert "Kadut ja liikenne" not in html
    assert "ei voi juuri nyt antaa palautetta" in html


def test_a_site_without_topics_shows_a_notice(client: Client, home_page: HomePage) -> None:
    put_blocks(home_page, {"heading": "Anna palautetta", "topics": []})
    assert "ei voi juuri nyt antaa palautetta" in client.get("/").content.decode()


def test_published_feedback_is_listed_with_its_answer_and_has_a_page(
    client: Client, feedback_page: HomePage, make_case: Callable[..., Case]
) -> None:
    copy = publish(make_case(consent_to_publish=True))
    html = client.get("/").content.decode()
    assert "Puiston avaaminen" in html
    assert "Keväällä." in html
    own = client.get(reverse("feedback:published", args=[copy.pk]))
    assert own.status_code == 200
    assert "Kaupungin vastaus" in own.content.decode()


def test_what_is_not_live_is_neither_listed_nor_found(
    client: Client, feedback_page: HomePage, make_case: Callable[..., Case]
) -> None:
    copy = publish(make_case(consent_to_publish=True), live=False)
    assert "Puiston avaaminen" not in client.get("/").content.decode()
    assert client.get(reverse("feedback:published", args=[copy.pk])).status_code == 404
    assert client.get("/palaute/julkaistut/999999999999999999999999/").status_code == 404


def test_an_unpublished_copy_is_gone_from_the_cached_page_at_once(
    client: Client, feedback_page: HomePage, make_case: Callable[..., Case]
) -> None:
    copy = publish(make_case(consent_to_publish=True))
    assert "Puiston avaaminen" in client.get("/").content.decode()
    copy.unpublish()
    assert "Puiston avaaminen" not in client.get("/").content.decode()


def test_the_list_is_filtered_by_topic_with_parameters_of_its_own_block(
    client: Client, feedback_page: HomePage, make_case: Callable[..., Case], street_topic: Topic
) -> None:
    publish(make_case(consent_to_publish=True))
    publish(make_case(consent_to_publish=True, topic=street_topic), "Kuoppa tiessä")
    html = client.get("/", {"p11111111-topic": "kadut"}).content.decode()
    assert "Kuoppa tiessä" in html
    assert "Puiston avaaminen" not in html
    other_block = client.get("/", {"p99999999-topic": "kadut"}).content.decode()
    assert "Puiston avaaminen" in other_block


@pytest.mark.parametrize(
    "query",
    [
        "p11111111-topic=ei-ole",
        "p11111111-topic=%00",
        "p11111111-topic=%ED%A0%80",
        "p11111111-page=-1",
        "p11111111-page=99999999999999999999999",
        "p11111111-page=%00",
        "p11111111-page=" + "9" * 5000,
        "&".join(f"a{number}=1" for number in range(200)),
    ],
)
def test_junk_in_the_address_never_breaks_the_page(
    client: Client, feedback_page: HomePage, make_case: Callable[..., Case], query: str
) -> None:
    publish(make_case(consent_to_publish=True))
    assert client.get(f"/?{query}").status_code == 200


def test_a_long_list_takes_as_many_queries_as_a_short_one(
    feedback_page: HomePage, publish_many: Callable[[int], None], settings: Any
) -> None:
    settings.PAGE_CACHE_SECONDS = 0

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            Client().get("/")
        return len(captured)

    publish_many(2)
    queries()
    few = queries()
    publish_many(28)
    queries()
    assert queries() == few


def test_pages_of_the_list_lead_on(
    client: Client, feedback_page: HomePage, publish_many: Callable[[int], None]
) -> None:
    publish_many(11)
    assert "p11111111-page=2" in client.get("/").content.decode()
    assert "p11111111-page=1" in client.get("/", {"p11111111-page": "2"}).content.decode()


def test_the_block_opens_in_the_editor_after_its_topic_is_deleted(feedback_page: HomePage, park_topic: Topic) -> None:
    put_blocks(
        feedback_page, {"heading": "Puistot", "topics": [{"type": "item", "value": park_topic.pk, "id": BLOCK_ID}]}
    )
    park_topic.delete()
    value = Page.objects.get(pk=feedback_page.pk).specific.body[0].value
    block = FeedbackFormBlock()
    assert value.lost == [""]
    assert BlockWidget(block).render_with_errors("body", block.normalize(value))
    assert [item["value"] for item in block.get_form_state(value)["topics"]] == [None]


def test_the_preview_shows_a_working_form(park_topic: Topic) -> None:
    block = FeedbackFormBlock()
    html = str(block.render(block.get_preview_value()))
    assert "Puistot" in html
    assert 'name="kind"' in html


def test_an_answered_case_is_not_public_by_itself(
    client: Client, feedback_page: HomePage, make_case: Callable[..., Case], park_handler: User
) -> None:
    case = start_handling(user=park_handler, case=make_case(text="SALAISUUS"), expected_version=1)
    answer_case(user=park_handler, case=case, expected_version=2, text="Vastaus SALAISUUTEEN")
    assert "SALAIS" not in client.get("/").content.decode()
