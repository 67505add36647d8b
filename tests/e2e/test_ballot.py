"""The ballot in a real browser: the money follows the ticks, the Enter key casts, and all of it works without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from home.demo.budgeting import DEMO_CODES
from tests.browsers import PHONE
from tests.siteserver import RunningSite

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e-ways")]
PAGE = "/osallistuva-budjetointi/"


def test_the_money_left_follows_the_ticks_and_says_when_it_is_overspent(
    read_only_site: RunningSite, visitor: Callable[..., Page]
) -> None:
    page = visitor(read_only_site, viewport=PHONE)
    page.goto(PAGE)
    boxes = page.locator("form[data-ballot] input[type=checkbox]")
    shown = page.locator("[data-money-shown]")
    expect(shown).to_have_text("Rahaa jäljellä 50\u00a0000\u00a0€")
    left = 50_000
    for index in range(boxes.count()):
        boxes.nth(index).check()
        left -= int(boxes.nth(index).get_attribute("data-cost") or 0)
        words = "Rahaa jäljellä" if left >= 0 else "Rahaa puuttuu"
        expect(shown).to_have_text(f"{words} {abs(left):,}\u00a0€".replace(",", "\u00a0"))
    assert left < 0
    expect(page.locator("[data-money-spoken]")).to_have_text(shown.inner_text())


@pytest.mark.parametrize("javascript", [True, False])
def test_a_vote_by_keyboard_alone_from_the_block_to_the_receipt(
    own_site: RunningSite, visitor: Callable[..., Page], javascript: bool
) -> None:
    page = visitor(own_site, viewport=PHONE, java_script_enabled=javascript)
    page.goto(PAGE)
    form = page.locator("form[data-ballot]")
    form.locator("input[type=checkbox]").first.focus()
    page.keyboard.press("Space")
    form.get_by_role("button", name="Tarkista valinnat").focus()
    page.keyboard.press("Enter")
    code = page.get_by_label("Äänestyskoodi")
    code.fill(DEMO_CODES[-1 - javascript])
    code.press("Enter")
    expect(page.locator(".receipt")).to_contain_text("Äänesi on perillä")
