"""The search: what it finds, what it never shows, and that nothing odd breaks it."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import BaseViewRestriction, Locale, PageViewRestriction

from budgeting_blocks.models import Proposal, Round, Theme
from cms.common import pagecache
from cms.users.models import Unit
from feedback_forms.models import Case, PublicFeedback, Topic
from home.models import ContentPage, HomePage
from search.queries import MAX_QUERY_LENGTH, clean_query

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counted_searches() -> None:
    caches["shared"].clear()


def found(client: Client, words: str, **more: str) -> str:
    response = client.get("/haku/", {"q": words, **more})
    assert response.status_code == 200
    return response.content.decode()


def add(home_page: HomePage, title: str, **fields) -> ContentPage:
    return home_page.add_child(instance=ContentPage(title=title, **fields))


@pytest.fixture
def round(db) -> Round:
    return Round.objects.create(title="Kierros", slug="kierros", budget=1000, live=True)


def propose(round: Round, title: str, **fields) -> Proposal:
    theme, _made = Theme.objects.get_or_create(name="Teema", slug="teema")
    return Proposal.objects.create(
        round=round,
        title=title,
        summary="Tiivis",
        description="Kuvaus",
        theme=theme,
        submitted_at=timezone.now(),
        **fields,
    )


def feedback(title: str, live: bool) -> PublicFeedback:
    unit, _made = Unit.objects.get_or_create(name="Yksikkö")
    topic, _made = Topic.objects.get_or_create(name="Aihe", slug="aihe", defaults={"unit": unit})
    now = timezone.now()
    case = Case.objects.create(
        reference=f"P-{title}",
        kind="thanks",
        topic=topic,
        text="Salainen alkuperäinen",
        consent_to_publish=True,
        received_at=now,
        due_at=now + timezone.timedelta(days=5),
    )
    return PublicFeedback.objects.create(
        case=case,
        topic=topic,
        kind="thanks",
        received_on=now,
        title=title,
        question="Kysymys",
        answer="Vastaus",
        live=live,
    )


def test_a_page_is_found_by_its_title_introduction_and_body(home_page: HomePage, client: Client) -> None:
    add(home_page, "Leikkipuisto", slug="a", introduction="Keinuja ja hiekkalaatikko.")
    add(home_page, "Toinen", slug="b", body='[{"type": "rich_text", "value": "<p>Liukumäki</p>"}]')
    assert "Leikkipuisto" in found(client, "leikkipuisto")
    assert "Leikkipuisto" in found(client, "hiekkalaatikko")
    assert "Toinen" in found(client, "liukumäki")


def test_the_beginning_of_a_word_in_a_title_is_enough(home_page: HomePage, client: Client) -> None:
    add(home_page, "Puistojen hoito", slug="a")
    assert "Puistojen hoito" in found(client, "puisto")


def test_unpublished_expired_and_restricted_pages_are_never_found(home_page: HomePage, client: Client) -> None:
    add(home_page, "Kissa luonnos", slug="a", live=False)
    gone = add(home_page, "Kissa vanha", slug="b")
    gone.expire_at = timezone.now()
    gone.save()
    gone.unpublish(set_expired=True)
    for number, kind in enumerate((BaseViewRestriction.LOGIN, BaseViewRestriction.PASSWORD)):
        page = add(home_page, f"Kissa salainen{number}", slug=f"c{number}")
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
        page.add_child(instance=ContentPage(title=f"Kissa alla{number}", slug="alla"))
    assert "Mitään ei löytynyt" in found(client, "kissa")


def test_what_was_found_is_gone_at_once_when_unpublished(home_page: HomePage, client: Client) -> None:
    page = add(home_page, "Koira", slug="a")
    assert "/a/" in found(client, "koira")
    page.unpublish()
    assert "/a/" not in found(client, "koira")


def test_a_published_proposal_is_found_and_a_waiting_one_is_not(
    home_page: HomePage, round: Round, client: Client
) -> None:
    propose(round, "Hirvi metsään")
    propose(round, "Hirvi odottaa", live=False)
    page = found(client, "hirvi")
    assert "Hirvi metsään" in page
    assert "Hirvi odottaa" not in page


def test_a_proposal_of_an_unpublished_round_is_not_found(home_page: HomePage, round: Round, client: Client) -> None:
    propose(round, "Hirvi metsään")
    round.live = False
    round.save()
    assert "Hirvi metsään" not in found(client, "hirvi")


def test_published_feedback_is_found_and_the_rest_is_not(home_page: HomePage, client: Client) -> None:
    feedback("Majava kiittää", live=True)
    feedback("Majava odottaa", live=False)
    page = found(client, "majava")
    assert "Majava kiittää" in page
    assert "Majava odottaa" not in page
    assert "Mitään ei löytynyt" in found(client, "alkuperäinen")


def test_results_can_be_narrowed_to_one_kind(home_page: HomePage, round: Round, client: Client) -> None:
    add(home_page, "Orava sivuna", slug="a")
    propose(round, "Orava ehdotuksena")
    page = found(client, "orava", kind="proposals")
    assert "Orava ehdotuksena" in page
    assert "Orava sivuna" not in page


def test_only_pages_of_the_visitors_language_are_found(home_page: HomePage, client: Client) -> None:
    locale = Locale.objects.create(language_code="en")
    home_page.copy_for_translation(locale).save_revision().publish()
    page = add(home_page, "Taxi", slug="a")
    english = page.copy_for_translation(locale)
    english.title = "Taxi in English"
    english.save_revision().publish()
    assert "Taxi in English" not in found(client, "taxi")
    assert "Taxi in English" in client.get("/en/haku/?q=taxi").content.decode()


def test_what_editors_recommend_comes_first_while_it_is_public(home_page: HomePage, client: Client) -> None:
    page = add(home_page, "Vaalit", slug="vaalit")
    SearchPromotion.objects.create(query=Query.get("Äänestys"), page=page, description="Katso tämä")
    text = found(client, "äänestys")
    assert "Suosittelemme" in text
    assert "Katso tämä" in text
    page.unpublish()
    assert "Suosittelemme" not in found(client, "äänestys")


def test_many_results_come_in_pages_that_keep_the_words(home_page: HomePage, client: Client) -> None:
    for number in range(25):
        add(home_page, f"Lintu {number:02}", slug=f"l{number}")
    assert "page=2" in found(client, "lintu")
    assert "q=lintu" in found(client, "lintu")
    assert found(client, "lintu", page="2").count("<h3") == 5


@pytest.mark.parametrize("page", ["-1", "0", "99999999999999999999", "kissa", "1e3", "\x00"])
def test_an_odd_page_number_gives_the_nearest_page(page: str, home_page: HomePage, client: Client) -> None:
    add(home_page, "Lintu", slug="lintu")
    assert "Lintu" in found(client, "lintu", page=page)


@pytest.mark.parametrize(
    "words",
    ["\x00", "a\x00b", "\ud800", "a" * 5000, '"', "' OR 1=1 --", "NEAR(a b)", "a AND", "*", "-", "%", "()", "ö" * 999],
)
def test_junk_is_searched_for_without_an_error(words: str, home_page: HomePage) -> None:
    query = "".join(f"%{byte:02x}" for byte in words.encode("utf-8", "surrogatepass"))
    assert Client().get(f"/haku/?q={query}").status_code == 200


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(max_size=60))
def test_no_text_breaks_the_search(words: str, home_page: HomePage) -> None:
    caches["shared"].clear()
    assert Client().get("/haku/", {"q": clean_query(words)}).status_code == 200


@given(st.text(max_size=2000))
def test_cleaned_words_are_short_printable_and_stable(text: str) -> None:
    words = clean_query(text)
    assert len(words) <= MAX_QUERY_LENGTH
    assert words.isprintable()
    assert clean_query(words) == words


def test_script_in_the_words_is_shown_as_text(home_page: HomePage, client: Client) -> None:
    assert "<script>alert" not in found(client, "<script>alert(1)</script>")


def test_search_engines_are_told_to_leave_results_alone(home_page: HomePage, client: Client) -> None:
    response = client.get("/haku/?q=a")
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_no_words_give_hints_and_no_query_of_the_index(home_page: HomePage, client: Client) -> None:
    assert "Haku löytää" in client.get("/haku/").content.decode()
    assert "Haku löytää" in client.get("/haku/?q=%20%20").content.decode()


def test_a_flood_of_searches_is_slowed_and_a_library_of_people_is_not(home_page: HomePage, monkeypatch) -> None:
    monkeypatch.setattr("search.views.LIMIT", 3)
    answers = [Client().get(f"/haku/?q=sana{number}") for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "minuutin" in answers[3].content.decode()
    assert Client().get("/haku/?q=sana0").status_code == 200, "a cached answer is not counted"
    assert Client(REMOTE_ADDR="10.9.8.7").get("/haku/?q=sana9").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_results(home_page: HomePage, round: Round) -> None:
    def make(first: int, last: int) -> None:
        for number in range(first, last):
            add(home_page, f"Lintu {number:02}", slug=f"l{number}", introduction="Lyhyesti.")
            propose(round, f"Lintu {number}")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "Lyhyesti." in Client().get("/haku/", {"q": "lintu"}).content.decode()
        return len(captured)

    make(0, 2)
    Client().get("/haku/?q=lintu")
    pagecache.invalidate()
    few = queries()
    make(2, 40)
    assert queries() <= few + 2
    assert few < 40


def test_searches_are_not_recorded(home_page: HomePage, client: Client) -> None:
    found(client, "yksityinen asia")
    assert not Query.objects.exists()
