"""The call block on a page: what it says before, during and after the call, and when something was changed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.users.roles import Role
from home.models import HomePage
from participation_pages.panels.blocks import PanelCallBlock
from participation_pages.panels.domain.schedule import Window
from participation_pages.panels.models import PanelPage
from participation_pages.panels.services import cancel_call, cancel_session, postpone_call, postpone_session
from tests.participation_pages.panels.make import apply_url, make_panel, make_session, page_with_calls, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def shown(client: Client, home_page: HomePage, *panels: object) -> str:
    page, _ids = page_with_calls(home_page, *panels)
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_during_the_call_it_tells_the_purpose_seats_dates_and_shows_the_form(
    client: Client, home_page: HomePage
) -> None:
    panel = make_panel()
    html = shown(client, home_page, panel)
    for text in (panel.purpose, panel.eligibility, ">24<", panel.next_steps, "Ikäryhmä", "Haku auki"):
        assert text in html
    assert f'action="{apply_url(panel)}"' in html


def test_before_the_call_it_says_when_it_opens_and_shows_no_form(client: Client, home_page: HomePage) -> None:
    opens = datetime(2027, 3, 1, 7, 0, tzinfo=UTC)
    html = shown(client, home_page, make_panel(call_opens_at=opens, call_closes_at=opens + DAY))
    assert "Haku alkaa 1. maaliskuuta 2027 klo 9" in html
    assert "form_token" not in html


def test_after_the_call_it_says_so_and_what_happens_next(client: Client, home_page: HomePage) -> None:
    panel = make_panel(call_opens_at=timezone.now() - 3 * DAY, call_closes_at=timezone.now() - DAY)
    html = shown(client, home_page, panel)
    assert "Haku on päättynyt" in html and panel.next_steps in html
    assert "form_token" not in html


def test_a_call_that_closes_at_midnight_is_said_to_close_on_the_day_before(client: Client, home_page: HomePage) -> None:
    panel = make_panel(call_closes_at=datetime(2027, 4, 13, 21, 0, tzinfo=UTC))
    assert "13. huhtikuuta 2027 klo 24" in shown(client, home_page, panel)


def test_a_cancelled_call_is_told_with_its_reason_and_without_a_form(client: Client, home_page: HomePage) -> None:
    panel = make_panel()
    cancel_call(panel=panel, reason="Pandemia <b>jatkuu</b>", user=None, now=timezone.now())
    html = shown(client, home_page, panel)
    assert "Haku on peruttu" in html
    assert "Pandemia &lt;b&gt;jatkuu&lt;/b&gt;" in html
    assert "form_token" not in html


def test_a_postponed_call_tells_reason_old_and_new_time(client: Client, home_page: HomePage) -> None:
    opens = datetime(2027, 3, 1, 7, 0, tzinfo=UTC)
    panel = make_panel(call_opens_at=opens, call_closes_at=opens + DAY)
    new = Window(opens + 31 * DAY, opens + 40 * DAY)
    postpone_call(panel=panel, reason="Odotamme tiloja", window=new, user=None, now=timezone.now())
    html = shown(client, home_page, panel)
    for text in ("Haku on siirretty", "Odotamme tiloja", "1. maaliskuuta 2027", "1. huhtikuuta 2027"):
        assert text in html


def test_each_session_shows_its_state_and_why_it_changed(client: Client, home_page: HomePage) -> None:
    panel = make_panel()
    past = timezone.now() - 30 * DAY
    make_session(panel, title="Aloitus", starts_at=past, ends_at=past + timedelta(hours=2))
    cancelled, postponed = make_session(panel, title="Toinen"), make_session(panel, title="Kolmas")
    cancel_session(session=cancelled, reason="Liian vähän väkeä", user=None, now=timezone.now())
    postpone_session(session=postponed, reason="Salia korjataan", window=None, user=None, now=timezone.now())
    html = shown(client, home_page, panel)
    for text in (
        "Pidetty",
        "Peruttu",
        "Siirretty",
        "Liian vähän väkeä",
        "Salia korjataan",
        "Uusi aika ei ole vielä tiedossa",
    ):
        assert text in html


def test_a_change_shows_at_once_on_a_page_that_was_cached(client: Client, home_page: HomePage) -> None:
    panel = make_panel()
    page, _ids = page_with_calls(home_page, panel)
    assert "Haku auki" in client.get(page.url).content.decode()
    cancel_call(panel=panel, reason="Pandemia", user=None, now=timezone.now())
    assert "Haku on peruttu" in client.get(page.url).content.decode()


def test_the_page_turns_by_the_clock_alone(client: Client, home_page: HomePage, time_machine) -> None:
    panel = make_panel()
    page, _ids = page_with_calls(home_page, panel)
    assert "Haku auki" in client.get(page.url).content.decode()
    time_machine.move_to(panel.call_closes_at)
    assert "Haku on päättynyt" in client.get(page.url).content.decode()


@pytest.mark.parametrize("gone", ["unpublished", "deleted"])
def test_a_panel_that_is_gone_gives_residents_a_notice_and_editors_the_reason(
    gone: str, client: Client, home_page: HomePage
) -> None:
    panel = make_panel()
    page, _ids = page_with_calls(home_page, panel)
    if gone == "deleted":
        panel.delete()
    else:
        panel.unpublish()
    html = client.get(page.url).content.decode()
    assert "ei ole nyt esillä" in html
    assert panel.purpose not in html and "Vain toimittajille" not in html
    client.force_login(staff(Role.COMMUNICATIONS))
    assert "Vain toimittajille" in client.get(page.url).content.decode()


def test_an_editor_who_saves_a_block_whose_panel_was_deleted_sees_why_at_the_field() -> None:
    with pytest.raises(StructBlockValidationError) as error:
        PanelCallBlock().clean({"panel": None, "heading": "", "intro": ""})
    problem = error.value.block_errors["panel"]
    assert isinstance(problem, ValidationError) and "poistettu" in problem.message


def test_two_calls_on_one_page_have_forms_with_ids_of_their_own(client: Client, home_page: HomePage) -> None:
    first, second = make_panel(), make_panel(title="Toinen raati")
    html = shown(client, home_page, first, second, first)
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert html.count(f'action="{apply_url(first)}"') == 2


def test_an_editors_words_in_a_panel_are_text_and_not_html(client: Client, home_page: HomePage) -> None:
    panel = make_panel(purpose="<script>alert(1)</script>", eligibility="<img src=x onerror=alert(1)>")
    feature = panel.features.first()
    feature.help_text = "<script>alert(2)</script>"
    feature.save()
    html = shown(client, home_page, panel)
    assert "<script>alert" not in html and "<img src=x" not in html


def test_the_menu_picture_shows_an_example_without_any_panel_in_the_database(rf) -> None:
    block = PanelCallBlock()
    value = block.get_preview_value()
    html = block.render(value, context=block.get_preview_context(value))
    assert "Kuntalaisraati" in html and "Ikäryhmä" in html


def test_more_panels_cost_the_same_number_of_queries_each(client: Client, home_page: HomePage, settings) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    panels = [make_panel(title=f"Raati {n}") for n in range(3)]
    for panel in panels:
        for n in range(6):
            session = make_session(panel, title=f"Istunto {n}")
            postpone_session(session=session, reason="Syy", window=None, user=None, now=timezone.now())
    one, _ids = page_with_calls(home_page, panels[0])
    three, _ids = page_with_calls(home_page, *panels)
    client.get(one.url)
    with CaptureQueriesContext(connection) as of_one:
        client.get(one.url)
    with CaptureQueriesContext(connection) as of_three:
        client.get(three.url)
    per_panel = (len(of_three) - len(of_one)) / 2
    assert per_panel <= 4, "sessions, changes, features and values"
    assert len(of_one) <= 30


def test_the_panels_own_page_shows_facts_and_sessions_above_the_body(client: Client, home_page: HomePage) -> None:
    panel = make_panel()
    make_session(panel, title="Aloitus")
    page = home_page.add_child(instance=PanelPage(title="Raati", slug="raati", panel=panel, locale=home_page.locale))
    html = client.get(page.url).content.decode()
    assert "Raadin tiedot" in html and "Aloitus" in html and "Suunniteltu" in html
    panel.unpublish()
    html = client.get(page.url).content.decode()
    assert "Raadin tiedot" not in html and "Aloitus" not in html


def test_a_call_on_its_own_panels_page_does_not_repeat_facts_and_sessions(client: Client, home_page: HomePage) -> None:
    panel, other = make_panel(), make_panel(title="Toinen raati", eligibility="Vain toiseen raatiin.")
    make_session(panel, title="Aloitus")
    carrier, _ids = page_with_calls(home_page, panel, other)
    page = PanelPage(title="Raati", slug="raati", panel=panel, locale=home_page.locale, body=carrier.body)
    home_page.add_child(instance=page)
    html = client.get(page.url).content.decode()
    assert html.count(panel.eligibility) == 1 and html.count("Aloitus") == 1
    assert html.count(other.eligibility) == 1
