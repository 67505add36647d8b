"""The main job, end to end: an editor composes a page of five blocks, residents use them, staff handle what comes in."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from home.demo.budgeting import DEMO_CODES
from tests.browsers import PHONE, sign_in
from tests.e2e import admin
from tests.siteserver import RunningSite

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("e2e-story")]

TITLE = "Osallistu tänään"
RESIDENT = "asukas@example.com"
YEAR = datetime.now(UTC).year
ROUND = f"Osallistuva budjetointi {YEAR}"
PROPOSAL = "Keinuja Vehkojan puistoon"

Visitor = Callable[..., Page]

CONFIRMATION = {"body": "Kaupunginhallitus", "section": "§ 123", "by": "puheenjohtaja", "date": "2.11.2026"}


def test_the_whole_story(own_site: RunningSite, visitor: Visitor) -> None:
    editor_composes_a_page_and_sends_it_to_review(own_site, visitor)
    another_publishes_it(own_site, visitor)
    resident_makes_a_proposal(own_site, visitor)
    moderator_publishes_the_proposal(own_site, visitor)
    resident_votes_once_and_not_twice(own_site, visitor)
    code = resident_gives_feedback(own_site, visitor)
    handler_answers(own_site, visitor)
    resident_reads_the_answer(own_site, visitor, code)
    resident_applies_to_the_panel(own_site, visitor)
    resident_reads_an_announcement(own_site, visitor)
    voting_ends(own_site)
    coordinator_counts_and_publishes_the_result(own_site, visitor)


def staff(site: RunningSite, visitor: Visitor, username: str) -> Page:
    """A browser in which this demo account is signed in."""
    page = visitor(site)
    return sign_in(page.context, username)


def resident(site: RunningSite, visitor: Visitor, path: str) -> Page:
    """A resident's phone, at this address."""
    page = visitor(site, viewport=PHONE)
    page.goto(path)
    return page


def new_page_path(site: RunningSite) -> str:
    (path,) = [path for path in site.addresses_of("home.ContentPage") if "osallistu-tanaan" in path]
    return path


def editor_composes_a_page_and_sends_it_to_review(site: RunningSite, visitor: Visitor) -> None:
    page = staff(site, visitor, "sisalto")
    (home, *_translations) = site.page_ids("home.HomePage")
    page.goto(f"/admin/pages/add/home/contentpage/{home}/")
    page.locator("#id_title").fill(TITLE)
    admin.add_block(page, "Ehdotukset")
    admin.choose(page, "Valitse kierros", ROUND)
    admin.add_block(page, "Äänestys")
    admin.choose(page, "Valitse kierros", ROUND)
    admin.add_block(page, "Palautelomake")
    admin.add_block(page, "Foorumin tiedotteet")
    admin.add_block(page, "Raadin haku")
    admin.choose(page, re.compile(r"Valitse k\w+raati"), "Kuntalaisraati: kaupungin keskusta")
    shown = admin.preview(page)
    for block in ("proposal_gallery", "voting", "feedback_form", "forum_announcements", "panel_call"):
        expect(shown.locator(f".block--{block}")).to_have_count(1)
    admin.save(page, "action-submit")
    expect(page.locator(".messages .success")).to_be_visible()
    assert visitor(site).goto("/osallistu-tanaan/").status == 404  # type: ignore[union-attr]


def another_publishes_it(site: RunningSite, visitor: Visitor) -> None:
    page = staff(site, visitor, "viestinta")
    page.get_by_role("link", name=TITLE).first.click()
    admin.save(page, "approve")
    expect(page.locator(".messages .success")).to_be_visible()
    assert visitor(site).goto("/osallistu-tanaan/").status == 200  # type: ignore[union-attr]


def resident_makes_a_proposal(site: RunningSite, visitor: Visitor) -> None:
    page = resident(site, visitor, new_page_path(site))
    page.locator(".block--proposal_gallery").get_by_role("link", name="Tee ehdotus").click()
    page.get_by_label("Otsikko").fill(PROPOSAL)
    page.get_by_label("Tiivistelmä").fill("Isot keinut, joihin mahtuvat aikuisetkin.")
    page.get_by_label("Teema").select_option(index=1)
    page.get_by_role("button", name="Jatka").click()
    page.get_by_label("Kuvaus").fill("Puistoon kaksi keinua ja penkki niiden viereen.")
    page.get_by_role("button", name="Jatka", exact=True).click()
    page.get_by_role("button", name="Jatka", exact=True).click()
    # The address is missing: it says so beside the field.
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_label("Sähköpostiosoitteesi").fill(RESIDENT)
    page.get_by_role("button", name="Jatka", exact=True).click()
    expect(page.get_by_text("Puistoon kaksi keinua")).to_be_visible()
    page.get_by_role("button", name="Lähetä ehdotus").click()
    expect(page.get_by_text("Kiitos, ehdotuksesi on perillä")).to_be_visible()
    (mail,) = site.mails_to(RESIDENT)
    follow = re.search(rf"{re.escape(site.url)}(/osbu/seuraa/\S+)", mail)
    assert follow
    expect_text(resident(site, visitor, follow[1]), "Odottaa tarkistusta")
    assert PROPOSAL not in resident(site, visitor, new_page_path(site)).content()


def moderator_publishes_the_proposal(site: RunningSite, visitor: Visitor) -> None:
    page = staff(site, visitor, "moderaattori")
    page.get_by_role("link", name=PROPOSAL).first.click()
    admin.save(page, "approve")
    expect(page.locator(".messages .success")).to_be_visible()
    expect_text(resident(site, visitor, new_page_path(site) + "?q=keinuja"), PROPOSAL)
    assert len(site.mails_to(RESIDENT)) == 2


def resident_votes_once_and_not_twice(site: RunningSite, visitor: Visitor) -> None:
    receipt = vote(resident(site, visitor, new_page_path(site)), DEMO_CODES[0])
    expect(receipt.get_by_text("Äänesi on perillä")).to_be_visible()
    expect(receipt.locator(".receipt__code")).to_have_text(re.compile(r"^\s*(\w{4}-){3}\w{4}\s*$"))
    again = vote(resident(site, visitor, new_page_path(site)), DEMO_CODES[0].lower().replace("-", " "))
    expect(again.locator(".error-summary")).to_contain_text("Koodi ei kelpaa")


def vote(page: Page, code: str) -> Page:
    """Pick the first item of the ballot, review it, and cast it with the code."""
    page.locator(".ballot input[type=checkbox]").first.check()
    page.get_by_role("button", name="Tarkista valinnat").click()
    page.get_by_label("Äänestyskoodi").fill(code)
    page.get_by_role("button", name="Anna ääni").click()
    return page


def resident_gives_feedback(site: RunningSite, visitor: Visitor) -> str:
    page = resident(site, visitor, new_page_path(site))
    form = page.locator(".block--feedback_form")
    form.get_by_label("Kysymys").check()
    form.locator("[data-feedback-form] select[name=topic]").select_option(label="Kadut ja liikenne")
    form.get_by_label("Palautteesi").fill("Milloin Uudenmaankadun reuna korjataan?")
    if form.locator("input[name=place]").is_visible():
        form.locator("input[name=place]").fill("Uudenmaankatu 1")
    form.get_by_label("Haluan vastauksen sähköpostiini").check()
    form.locator("input[name=email]").fill("palaute@example.com")
    form.get_by_label("Palautteeni ja vastauksen saa julkaista").check()
    form.get_by_role("button", name="Lähetä palaute").click()
    return page.locator(".receipt__code").inner_text().strip()


def handler_answers(site: RunningSite, visitor: Visitor) -> None:
    page = staff(site, visitor, "kasittelija")
    page.goto("/admin/palaute/?q=Uudenmaankadun")
    page.locator("table tbody a").first.click()
    expect_text(page, "Milloin Uudenmaankadun reuna korjataan?")
    page.get_by_role("button", name="Ota käsittelyyn").click()
    page.locator("textarea[name$=text]").first.fill("Reuna korjataan toukokuussa.")
    page.get_by_role("button", name="Lähetä vastaus").click()
    expect_text(page, "Reuna korjataan toukokuussa.")


def resident_reads_the_answer(site: RunningSite, visitor: Visitor, code: str) -> None:
    page = resident(site, visitor, "/palaute/seuraa/")
    page.get_by_label("Seurantakoodi").fill(code)
    page.get_by_role("button", name="Näytä palaute").click()
    expect_text(page, "Reuna korjataan toukokuussa.")
    assert any("Reuna korjataan toukokuussa." in mail for mail in site.mails_to("palaute@example.com"))


def resident_applies_to_the_panel(site: RunningSite, visitor: Visitor) -> None:
    page = resident(site, visitor, new_page_path(site))
    form = page.locator(".block--panel_call")
    for group in form.locator("fieldset").all():
        group.locator("input[type=radio]").first.check()
    for select in form.locator("select").all():
        select.select_option(index=1)
    form.locator("input[name=email]").fill("hakija@example.com")
    form.locator("[name=of_age]").check()
    form.locator("[name=consent]").check()
    form.get_by_role("button", name="Lähetä hakemus").click()
    expect(page.locator(".receipt")).to_be_visible()
    assert site.mails_to("hakija@example.com")


def resident_reads_an_announcement(site: RunningSite, visitor: Visitor) -> None:
    page = resident(site, visitor, new_page_path(site))
    link = page.locator(".block--forum_announcements .forum-board__part :is(h3, h4) a").first
    title = link.inner_text().strip()
    link.click()
    expect(page.locator("h1")).to_have_text(title)


def voting_ends(site: RunningSite) -> None:
    """Time passes. No one can move the end of an open vote into the past, so the clock's work is done in the database."""
    past = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%d %H:%M:%S")
    with closing(sqlite3.connect(site.data / "osallistu.sqlite3", timeout=20)) as database, database:
        database.execute(
            "UPDATE budgeting_blocks_phase SET closes_at = ? WHERE kind = 'voting' AND closes_at > ?", [past, past]
        )


def coordinator_counts_and_publishes_the_result(site: RunningSite, visitor: Visitor) -> None:
    page = staff(site, visitor, "koordinaattori")
    page.goto("/admin/budgeting/voting/")
    page.get_by_role("link", name="Laske äänet").first.click()
    page.get_by_role("button", name="Laske äänet").click()
    page.get_by_role("link", name="Kirjaa vahvistus ja julkaise").first.click()
    for name, value in CONFIRMATION.items():
        page.locator(f"[name={name}]").fill(value)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Julkaise tulos").click()
    expect_text(page, "Tulos on julkaistu")
    expect_text(resident(site, visitor, new_page_path(site)), "Kaupunginhallitus")


def expect_text(page: Page, text: str) -> None:
    expect(page.locator("body")).to_contain_text(text)
