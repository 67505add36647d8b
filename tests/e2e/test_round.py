"""A whole round of participatory budgeting, by clicking alone: from the approved model to a project's news.

Only the clock is moved in the database: nobody may move a phase that has begun, least of all the end of a vote.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsers import PHONE, sign_in
from tests.e2e import admin
from tests.siteserver import RunningSite

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("e2e-round")]

ROUND, SLUG = "Puistojen ja koulujen raha", "puistojen-ja-koulujen-raha"
PAGE = "Puistojen ja koulujen budjetointi"
SWING, SAME_SWING, BENCH = "Keinuja Vehkojan puistoon", "Keinut Vehkojan puistoon", "Penkkejä koulun pihalle"
AUTHOR, FOLLOWER, VOTER = "keinuja@example.com", "seuraaja@example.com", "aanestaja@example.com"
PHASES = ("proposals", "screening", "voting")
CONFIRMATION = {"body": "Kaupunginhallitus", "section": "§ 123", "by": "puheenjohtaja", "date": "2.11.2026"}


@dataclass
class Story:
    """The people of the story, each with a browser of their own, and what they hold in their hands."""

    site: RunningSite
    visitor: Callable[..., Page]
    signed_in: dict[str, Page] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    teacher_code: str = ""

    def staff(self, username: str) -> Page:
        """The browser in which this demo account is signed in."""
        if username not in self.signed_in:
            self.signed_in[username] = sign_in(self.visitor(self.site).context, username)
        return self.signed_in[username]

    def resident(self, path: str) -> Page:
        """A resident's own phone, at this address."""
        page = self.visitor(self.site, viewport=PHONE)
        page.goto(path)
        return page

    def page(self) -> Page:
        """A resident's phone at the page of the round."""
        (path,) = [path for path in self.site.addresses_of("home.ContentPage") if "koulujen-budjetointi" in path]
        return self.resident(path)

    def link_in_mail(self, address: str, path: str) -> str:
        """The newest link to this part of the site that was sent to the address."""
        links = [
            link
            for mail in self.site.mails_to(address)
            for link in re.findall(rf"{re.escape(self.site.url)}({path}\S+)", mail)
        ]
        return str(links[-1])

    def now_is(self, phase: str, *, over: bool = False) -> None:
        """Move the clock into a phase of the round, or behind its end: move all phases of the round by as much."""
        with closing(sqlite3.connect(self.site.data / "osallistu.sqlite3", timeout=20)) as database, database:
            place = PHASES.index(phase) * 10 + (10 if over else 5)
            for number, kind in enumerate(PHASES):
                opens = datetime.now(UTC) + timedelta(days=number * 10 - place, minutes=-1)
                times = [moment.strftime("%Y-%m-%d %H:%M:%S") for moment in (opens, opens + timedelta(days=10))]
                database.execute(
                    "UPDATE budgeting_blocks_phase SET opens_at = ?, closes_at = ? WHERE kind = ? AND round_id ="
                    " (SELECT id FROM budgeting_blocks_round WHERE slug = ?)",
                    [*times, kind, SLUG],
                )


def test_a_city_runs_a_whole_round_by_clicking(own_site: RunningSite, visitor: Callable[..., Page]) -> None:
    story = Story(own_site, visitor)
    for act in ACTS:
        act(story)


def coordinator_makes_the_round(story: Story) -> None:
    page = story.staff("koordinaattori")
    menu(page, "Kierrokset")
    page.get_by_role("link", name="Lisää kierros").click()
    page.get_by_role("textbox", name="Nimi").press_sequentially(ROUND)
    page.get_by_role("textbox", name="Esittely").fill("Asukkaat päättävät, mihin 25 000 euroa käytetään.")
    page.get_by_role("spinbutton", name="Jaettava raha").fill("25000")
    for number, kind in enumerate(PHASES):
        page.get_by_role("button", name="Lisää Vaihe").click()
        page.locator(f"#id_phases-{number}-kind").select_option(kind)
        for end, day in (("opens_at", number * 10), ("closes_at", number * 10 + 10)):
            page.locator(f"#id_phases-{number}-{end}").fill(day_from_now(day))
            page.keyboard.press("Tab")
    for number, (name, money) in enumerate((("Koko kaupunki", "20000"), ("Koulut", "5000"))):
        page.get_by_role("button", name="Lisää Osuus").click()
        page.locator(f"#id_pots-{number}-name").press_sequentially(name)
        page.locator(f"#id_pots-{number}-budget").fill(money)
    page.get_by_role("button", name="Lisää Kriteeri").click()
    page.locator("#id_criteria-0-name").fill("Sopii kaupungin maalle")
    page.get_by_label("Alueiden viihtyisyys").check()
    admin.save(page, "action-publish")
    expect(page.locator(".messages .success")).to_contain_text("julkaistu")
    story.now_is("proposals")


def coordinator_writes_the_rules(story: Story) -> None:
    page = story.staff("koordinaattori")
    menu(page, "Kierrokset")
    page.get_by_role("link", name=ROUND, exact=True).click()
    page.get_by_role("link", name="Säännöt ja valmius").last.click()
    expect(undone(page)).to_contain_text(["Säännöt", "Päätös", "Äänestettävät ehdotukset", "Harjoitus"])
    page.get_by_role("link", name=re.compile(r"Avaa\s*: Säännöt")).click()
    page.get_by_label("Äänestystapa").select_option("approval")
    page.get_by_label("Enintään valittava").fill("2")
    for means in ("Äänestyskoodi", "Kertalinkki sähköpostiin", "Koululuokka", "Paperilippu"):
        page.get_by_label(means).select_option(index=2)
    page.get_by_label("Laskutapa").select_option("equal-shares")
    page.get_by_label("Päättäjä").fill("Kaupunginvaltuusto")
    page.get_by_label("Päätöspäivä").fill("2.11.2026")
    page.keyboard.press("Tab")
    page.get_by_label("Pykälä").fill("§ 45")
    page.get_by_role("button", name="Tallenna").click()
    expect(undone(page)).to_contain_text(["Äänestettävät ehdotukset", "Harjoitus"])
    expect_text(page, "Kaupunginvaltuusto")


def editor_puts_the_round_on_a_page(story: Story) -> None:
    page = story.staff("viestinta")
    (home, *_translations) = story.site.page_ids("home.HomePage")
    page.goto(f"/admin/pages/add/home/contentpage/{home}/")
    page.locator("#id_title").fill(PAGE)
    admin.add_block(page, "Osbu-kierros")
    admin.choose(page, "Valitse kierros", ROUND)
    shown = admin.preview(page)
    expect(shown.get_by_role("link", name="Tee ehdotus").first).to_be_visible()
    shown.get_by_label("Katso päivänä").fill((datetime.now(UTC) + timedelta(days=17)).strftime("%Y-%m-%dT12:00"))
    shown.get_by_role("button", name="Näytä", exact=True).click()
    expect(shown.locator(".round")).to_contain_text("Äänestystä ei ole avattu")
    admin.save(page, "action-publish")
    expect(page.locator(".messages .success")).to_be_visible()


def resident_proposes_in_two_sittings(story: Story) -> None:
    page = story.page()
    page.get_by_role("link", name="Tee ehdotus").first.click()
    page.get_by_label("Otsikko").fill(SWING)
    page.get_by_label("Tiivistelmä").fill("Isot keinut, joihin mahtuvat aikuisetkin.")
    page.get_by_label("Teema").select_option(index=1)
    page.get_by_role("button", name="Jatka", exact=True).click()
    page.get_by_label("Kuvaus").fill("Puistoon kaksi keinua ja penkki niiden viereen.")
    page.get_by_role("button", name="Tallenna ja jatka myöhemmin").click()
    link = page.locator(".proposal-link a").inner_text().removeprefix(story.site.url)
    page = story.resident(link)
    expect(page.get_by_label("Kuvaus")).to_have_value(re.compile("kaksi keinua"))
    page.get_by_role("button", name="Jatka", exact=True).click()
    page.get_by_label("Sopii kaupungin maalle").check()
    page.get_by_label("Sähköpostiosoitteesi").fill(AUTHOR)
    page.get_by_role("button", name="Jatka", exact=True).click()
    page.get_by_role("button", name="Lähetä ehdotus").click()
    expect_text(page, "Kiitos, ehdotuksesi on perillä")
    page = story.resident(story.link_in_mail(AUTHOR, "/osbu/seuraa/"))
    page.get_by_role("link", name="Muokkaa ehdotusta").click()
    page.get_by_label("Kuvaus").fill("Puistoon kolme keinua ja penkki niiden viereen.")
    page.get_by_role("button", name="Lähetä muutokset").click()
    expect_text(page, "Puistoon kolme keinua")


def coordinator_enters_what_came_by_phone(story: Story) -> None:
    page = story.staff("koordinaattori")
    for title, summary in (
        (SAME_SWING, "Isot keinut aikuisillekin."),
        (BENCH, "Koulun pihalta puuttuvat istuimet."),
    ):
        menu(page, "Kirjaa ehdotus")
        page.get_by_role("link", name=ROUND).click()
        page.get_by_label("Puhelin").check()
        page.get_by_label("Otsikko").fill(title)
        page.get_by_label("Tiivistelmä").fill(summary)
        page.get_by_label("Teema").select_option(index=1)
        page.get_by_label("Kuvaus").fill(f"{summary} Soittaja kertoi toiveestaan.")
        page.get_by_label("Ehdottaja on suostunut").check()
        page.get_by_role("button", name="Kirjaa ehdotus").click()
        expect(page.locator(".messages .success")).to_be_visible()


def moderator_publishes_the_proposals(story: Story) -> None:
    page = story.staff("moderaattori")
    for title in (SWING, SAME_SWING, BENCH):
        page.goto("/admin/")
        page.get_by_role("link", name=title, exact=True).first.click()
        admin.save(page, "approve")
        expect(page.locator(".messages .success")).to_be_visible()
    shown = story.page()
    expect_text(shown, BENCH)
    shown.get_by_role("link", name=SWING).first.click()
    shown.get_by_role("link", name="Seuraa", exact=True).click()
    shown.get_by_label("Sähköposti").fill(FOLLOWER)
    shown.get_by_role("button", name="Seuraa").click()
    shown.goto(story.link_in_mail(FOLLOWER, "/osbu/vahvista/seuraaminen/"))
    shown.locator("main form button").first.click()


def coordinator_merges_and_shares_out(story: Story) -> None:
    page = story.staff("koordinaattori")
    story.now_is("screening")
    board(page)
    pick(page, SWING, SAME_SWING)
    page.get_by_role("link", name="Yhdistä valitut").click()
    page.get_by_label(SWING).check()
    page.get_by_label("Miksi ehdotukset yhdistetään").fill("Sama keino samassa puistossa.")
    page.get_by_role("button", name="Yhdistä").click()
    expect(page.locator(".messages .success")).to_contain_text("2 ehdotusta yhdistettiin")
    board(page)
    expect(page.get_by_role("link", name=SAME_SWING, exact=True)).to_have_count(0)
    pick(page, SWING, BENCH)
    page.get_by_role("link", name="Anna valituille yksikkö").click()
    page.get_by_label("Vastuuyksikkö").select_option(label="Liikuntapalvelut")
    page.get_by_role("button", name="Jaa arvioitavaksi").click()
    expect(page.locator(".messages .success")).to_contain_text("2 ehdotusta jaettiin")


def assessor_asks_and_the_author_answers(story: Story) -> None:
    page = story.staff("arvioija")
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile("Ehdotuksia arvioitavana")).click()
    page.get_by_role("link", name=SWING, exact=True).click()
    page.locator("#question-text").fill("Kuinka monta keinua puistoon mahtuu?")
    page.get_by_role("button", name="Lähetä kysymys").click()
    expect_text(page, "Kysymys on lähetetty ehdottajalle")
    author = story.resident(story.link_in_mail(AUTHOR, "/osbu/seuraa/"))
    author.get_by_label("Vastauksesi").fill("Kolme, jos portti jää auki.")
    author.get_by_role("button", name="Lähetä vastaus").click()
    expect_text(author, "Kolme, jos portti jää auki.")


def assessor_decides_with_reasons(story: Story) -> None:
    page = story.staff("arvioija")
    for title, cost in ((SWING, "12000"), (BENCH, "4000")):
        page.goto("/admin/budgeting/screening/")
        page.get_by_role("link", name=title, exact=True).click()
        page.get_by_label("Sopii kaupungin maalle").select_option("met")
        page.get_by_label("Kustannusarvio, €").fill(cost)
        page.get_by_label("Tila").select_option("proceeds")
        page.get_by_role("button", name="Tallenna").click()
        # Nothing leaves screening without public reasons.
        expect(page.locator(".messages .error")).to_be_visible()
        page.locator("#id_reasons").fill("Sopii paikkaan ja on hyvä kaikille.")
        page.get_by_role("button", name="Tallenna").click()
        expect_text(page, "Arviointi on tallennettu")
    assert any("Sopii paikkaan ja on hyvä kaikille." in mail for mail in story.site.mails_to(AUTHOR))


def coordinator_does_the_checklist(story: Story) -> None:
    page = story.staff("koordinaattori")
    story.now_is("screening", over=True)
    menu(page, "Säännöt ja valmius")
    page.get_by_role("link", name=ROUND).click()
    page.get_by_role("link", name=re.compile(r"Avaa\s*: Äänestettävät ehdotukset")).click()
    for title, pot in ((SWING, "Koko kaupunki"), (BENCH, "Koulut")):
        board(page)
        page.get_by_role("link", name=title, exact=True).click()
        page.get_by_label("Osuus").select_option(label=pot)
        page.get_by_role("button", name="Tallenna").click()
        expect_text(page, "Arviointi on tallennettu")
    overview(page)
    expect(undone(page)).to_contain_text(["Harjoitus"])
    page.get_by_role("link", name=re.compile(r"Avaa\s*: Harjoitus")).click()
    page.get_by_label("Keksittyjä äänestäjiä").fill("8")
    page.get_by_role("button", name="Aloita harjoitus").click()
    expect_text(page, "Harjoitusehdotus 1")
    expect(undone(page)).to_have_count(0)
    page.get_by_role("link", name="Vahvista säännöt").click()
    page.get_by_role("button", name="Vahvista").click()
    expect_text(page, "Säännöt on vahvistettu.")
    page.get_by_role("button", name="Poista harjoitus").click()
    expect_text(page, "Harjoitus on poistettu.")
    expect(page.locator("body")).not_to_contain_text("Harjoitusehdotus 1")


def coordinator_hands_out_rights(story: Story) -> None:
    page = story.staff("koordinaattori")
    overview(page)
    page.get_by_role("link", name="Äänioikeudet").click()
    page.get_by_role("link", name="Tee äänestyskoodeja").click()
    page.get_by_label("Erän nimi").fill("Pääkirjasto")
    page.get_by_label("Kuinka monta koodia").fill("3")
    page.get_by_role("button", name="Tee koodit").click()
    story.codes = [code.strip() for code in page.locator("details ol code").all_text_contents()]
    page.get_by_role("link", name="Valmis").click()
    page.get_by_role("link", name="Lisää luokka").click()
    page.get_by_label("Koulu").fill("Vehkojan koulu")
    page.get_by_label("Luokka").fill("5A")
    page.get_by_label("Oppilaita").fill("2")
    page.get_by_role("button", name="Tee koodi").click()
    story.teacher_code = page.locator("code").inner_text().strip()


def residents_vote(story: Story) -> None:
    story.now_is("voting")
    page = story.page()
    choose_both(page)
    page.get_by_label("Äänestyskoodi").fill(story.codes[0])
    cast(page)
    page = story.page()
    choose_both(page)
    page.get_by_role("button", name="Todista äänioikeutesi muulla tavalla").click()
    page.get_by_label("Sähköpostiosoite").fill(VOTER)
    page.get_by_role("button", name=re.compile("Lähetä")).click()
    expect_text(page, "Lähetimme viestin")
    page.goto(story.link_in_mail(VOTER, "/osbu/aanesta/"))
    page.locator("main form button").first.click()
    choose_both(page)
    cast(page)
    page = story.resident(f"/osbu/aanesta/{SLUG}/luokka/")
    page.get_by_label("Opettajan koodi").fill(story.teacher_code)
    page.locator("main form button").first.click()
    page.get_by_role("button", name="Seuraava oppilas").click()
    choose_both(page)
    cast(page)


def paper_desk_reads_a_ballot_twice(story: Story) -> None:
    page = story.staff("koordinaattori")
    menu(page, "Paperiäänestys")
    desk = page.locator("section").filter(has_text=ROUND)
    desk.get_by_role("link", name="Uusi paperierä").click()
    page.get_by_label("Paikka tai erän nimi").fill("Pääkirjasto")
    page.get_by_label("Lippuja annettu paikkaan").fill("1")
    page.get_by_label("Kuoria saapunut").fill("1")
    page.get_by_role("button", name="Tallenna").click()
    batch = page.url
    page.get_by_role("link", name="1. Tarkista kuoret").click()
    page.get_by_label("Kuoren koodi").fill(story.codes[1])
    page.get_by_role("button", name="Tarkista").click()
    expect_text(page, "Hyväksytty.")
    for reader, marks in (("koordinaattori", "1"), ("yllapito", "1 2")):
        page = story.staff(reader)
        page.goto(batch)
        page.get_by_role("link", name="2. Lue lippuja").click()
        page.get_by_label("Lippuun leimattu numero").fill("1")
        page.get_by_label("Valittujen ehdotusten numerot").fill(marks)
        page.get_by_role("button", name="Tallenna ja seuraava").click()
    expect_text(page, "Luennat eroavat.")
    page.goto(batch)
    page.get_by_role("link", name="Lippu 1").click()
    page.get_by_label("Valittujen ehdotusten numerot").fill("1 2")
    page.get_by_label("Miksi näin").fill("Toinen rasti oli himmeä.")
    page.get_by_role("button", name="Ratkaise").click()
    expect_text(page, "Ero on ratkaistu.")
    story.now_is("voting", over=True)
    page.reload()
    page.get_by_role("link", name="3. Kirjaa uurnaan").click()
    page.get_by_role("button", name="Kirjaa uurnaan").click()
    expect_text(page, "Erä on kirjattu uurnaan.")


def coordinator_counts_and_publishes(story: Story) -> None:
    page = story.staff("koordinaattori")
    menu(page, "Äänestykset")
    vote = page.locator("section").filter(has_text=ROUND)
    vote.get_by_role("link", name="Laske äänet").click()
    page.get_by_role("button", name="Laske äänet").click()
    expect(story.page().locator("body")).not_to_contain_text("Rahoitetaan")
    vote.get_by_role("link", name="Katso laskentaa").click()
    expect_text(page, "Laskutavat rinnakkain")
    expect_text(page, "Äänestyslippuja 4")
    page.get_by_role("link", name="Kirjaa vahvistus ja julkaise").click()
    for name, value in CONFIRMATION.items():
        page.locator(f"[name={name}]").fill(value)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Julkaise tulos").click()
    expect_text(page, "Tulos on julkaistu")
    expect_text(story.page(), "Kaupunginhallitus")
    assert len(story.site.mails_to(FOLLOWER)) > 1


def unit_tells_of_the_project(story: Story) -> None:
    page = story.staff("koordinaattori")
    told = len(story.site.mails_to(FOLLOWER))
    menu(page, "Hankkeet")
    page.get_by_role("link", name=SWING, exact=True).click()
    page.get_by_label("Valmiusaste").fill("30")
    page.get_by_label("Mitä hankkeelle kuuluu").fill("Keinut on tilattu, ja ne pystytetään keväällä.")
    page.get_by_role("button", name="Tallenna").click()
    expect_text(page, "Hanke on tallennettu")
    shown = story.page()
    shown.get_by_role("link", name=SWING).first.click()
    expect_text(shown, "Keinut on tilattu")
    assert len(story.site.mails_to(FOLLOWER)) == told + 1


ACTS: list[Callable[[Story], None]] = [
    coordinator_makes_the_round,
    coordinator_writes_the_rules,
    editor_puts_the_round_on_a_page,
    resident_proposes_in_two_sittings,
    coordinator_enters_what_came_by_phone,
    moderator_publishes_the_proposals,
    coordinator_merges_and_shares_out,
    assessor_asks_and_the_author_answers,
    assessor_decides_with_reasons,
    coordinator_does_the_checklist,
    coordinator_hands_out_rights,
    residents_vote,
    paper_desk_reads_a_ballot_twice,
    coordinator_counts_and_publishes,
    unit_tells_of_the_project,
]


def menu(page: Page, item: str) -> None:
    """Open a page of participatory budgeting from the menu."""
    page.get_by_role("button", name="Osallistuva budjetointi").click()
    page.get_by_role("link", name=item, exact=True).click()


def overview(page: Page) -> None:
    menu(page, "Säännöt ja valmius")
    page.get_by_role("link", name=ROUND).click()


def undone(page: Page) -> Locator:
    """The lines of the checklist that are not done."""
    return page.locator(".desk-checks__todo")


def board(page: Page) -> None:
    menu(page, "Arviointi")


def pick(page: Page, *titles: str) -> None:
    for title in titles:
        page.locator("tr").filter(has=page.get_by_role("link", name=title, exact=True)).get_by_role("checkbox").check()


def choose_both(page: Page) -> None:
    for box in page.locator(".ballot input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Tarkista valinnat").click()


def cast(page: Page) -> None:
    page.get_by_role("button", name="Anna ääni").click()
    expect(page.locator(".receipt")).to_contain_text("Äänesi on perillä")


def day_from_now(days: int) -> str:
    return (datetime.now() + timedelta(days=days)).strftime("%d.%m.%Y 08:00")


def expect_text(page: Page, text: str) -> None:
    expect(page.locator("body")).to_contain_text(text)
