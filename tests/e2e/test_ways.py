"""The same blocks by other ways: without JavaScript on a phone, by keyboard alone, and as two of a kind on one page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from home.demo.budgeting import DEMO_CODES
from tests.browsers import PHONE
from tests.siteserver import RunningSite

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e-ways")]

Visitor = Callable[..., Page]
PLAIN = {"viewport": PHONE, "java_script_enabled": False}

TWINS = """
from wagtail.models import Page
from home.models import ContentPage, HomePage
from budgeting_blocks.models import Round
from django.utils import timezone
home = HomePage.objects.get(locale__language_code="fi")
round = Round.objects.get(slug=f"osbu-{timezone.localdate().year}")
vote = ("voting", {"heading": "Äänestys", "intro": "", "round": round})
form = ("feedback_form", {"heading": "Palaute", "introduction": "", "topics": [], "show_published": False})
page = home.add_child(instance=ContentPage(title="Kaksoset", slug="kaksoset", body=[vote, form, vote, form]))
page.save_revision().publish()
"""


@pytest.fixture(scope="module")
def site(own_site: RunningSite) -> RunningSite:
    own_site.manage("shell", "--no-imports", "-c", TWINS)
    return own_site


def _vote(page: Page, place: int, code: str) -> None:
    page.goto("/kaksoset/")
    page.locator(".block--voting").nth(place).locator("input[type=checkbox]").first.check()
    page.locator(".block--voting").nth(place).get_by_role("button", name="Tarkista valinnat").click()
    page.get_by_label("Äänestyskoodi").fill(code)
    page.get_by_role("button", name="Anna ääni").click()


def test_voting_works_on_a_phone_without_javascript(site: RunningSite, visitor: Visitor) -> None:
    page = visitor(site, **PLAIN)
    _vote(page, 0, DEMO_CODES[1])
    expect(page.locator(".receipt")).to_contain_text("Äänesi on perillä")


def test_feedback_works_on_a_phone_without_javascript_and_keeps_what_was_typed(
    site: RunningSite, visitor: Visitor
) -> None:
    page = visitor(site, **PLAIN)
    page.goto("/kaksoset/")
    form = page.locator(".block--feedback_form").first
    form.get_by_label("Kiitos").check()
    form.locator("[name=text]").fill("Kiitos uudesta laiturista.")
    form.get_by_role("button", name="Lähetä palaute").click()
    expect(page.locator(".error-summary")).to_be_visible()
    form = page.locator(".block--feedback_form").first
    expect(form.locator("[name=text]")).to_have_value("Kiitos uudesta laiturista.")
    form.locator("[name=topic]").select_option(index=1)
    form.locator("[name=place]").fill("Usminjärvi")
    form.get_by_role("button", name="Lähetä palaute").click()
    expect(page.locator(".receipt__code")).to_be_visible()


def test_the_menu_opens_on_a_phone_without_javascript(site: RunningSite, visitor: Visitor) -> None:
    page = visitor(site, **PLAIN)
    page.goto("/")
    page.locator(".site-menu summary").first.click()
    expect(page.locator(".site-menu nav a:visible").first).to_be_visible()


def test_an_error_in_one_of_two_forms_stays_in_that_one(site: RunningSite, visitor: Visitor) -> None:
    page = visitor(site, **PLAIN)
    page.goto("/kaksoset/")
    page.locator(".block--feedback_form").nth(1).get_by_role("button", name="Lähetä palaute").click()
    expect(page.locator(".block--feedback_form").nth(0).locator(".error-summary")).to_have_count(0)
    expect(page.locator(".block--feedback_form").nth(1).locator(".error-summary")).to_be_visible()
    ids = page.locator("[id]").evaluate_all("elements => elements.map(element => element.id)")
    assert len(ids) == len(set(ids))


def test_the_second_of_two_ballots_takes_a_vote_too(site: RunningSite, visitor: Visitor) -> None:
    page = visitor(site)
    _vote(page, 1, DEMO_CODES[2])
    expect(page.locator(".receipt")).to_contain_text("Äänesi on perillä")


def test_one_can_vote_by_keyboard_alone(site: RunningSite, visitor: Visitor) -> None:
    page = visitor(site)
    page.goto("/kaksoset/")
    _tab_to(page, "document.activeElement.matches('.block--voting input[type=checkbox]')")
    page.keyboard.press("Space")
    _tab_to(page, "document.activeElement.textContent.trim() === 'Tarkista valinnat'")
    page.keyboard.press("Enter")
    page.get_by_label("Äänestyskoodi").wait_for()
    _tab_to(page, "document.activeElement.name === 'code'")
    page.keyboard.type(DEMO_CODES[3])
    _tab_to(page, "document.activeElement.textContent.trim() === 'Anna ääni'")
    page.keyboard.press("Enter")
    expect(page.locator(".receipt")).to_contain_text("Äänesi on perillä")


def _tab_to(page: Page, there: str, most: int = 120) -> None:
    """Press Tab until `there` holds. Every stop on the way must be seen: an outline of some width, or a shadow."""
    for _step in range(most):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return document.activeElement === document.body || s.outlineStyle !== 'none' || s.boxShadow !== 'none'"
            " || !!document.activeElement.closest('label, .choice, .ballot__item'); })()"
        )
        assert style, f"no visible focus on {page.evaluate('document.activeElement.outerHTML.slice(0, 200)')}"
        if page.evaluate(there):
            return
    raise AssertionError(f"the Tab key does not reach it: {there}")
