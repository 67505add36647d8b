"""The states that only using the site brings forth: errors, receipts, reviews, empty results. Each is reached by hand, on a
phone, and looked at there in light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from home.demo.budgeting import DEMO_CODES
from tests.a11y.audit import Watch, axe_faults, faults_in_both_schemes, html_faults, overflow_at
from tests.browsers import PHONE, sign_in
from tests.siteserver import RunningSite

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("a11y-states")]

BUDGETING = "/osallistuva-budjetointi/"
# Of its own for this module, as is the site on which it is used up.
CODE = DEMO_CODES[5]
# The browser complains of every answer that is not a success. For pages these are meant: refused forms, missing pages.
MEANT = ("status of 422", "status of 404")


@dataclass
class Phone:
    """A visitor's phone with what its browser has complained of so far."""

    page: Page
    watch: Watch
    missed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.missed.append(f"{response.status} for {response.url}")

    def press(self, name: str) -> None:
        """Press the button of this name in the content of the page."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()

    def shows(self, selector: str, text: str = "") -> None:
        """The state is there: the place is seen, with this text in it."""
        expect(self.page.locator(selector).first).to_be_visible()
        expect(self.page.locator(selector).first).to_contain_text(text)

    def has_no_faults(self) -> None:
        """Nothing is wrong with what is shown now, in light and dark; nor has the browser refused or missed anything."""
        self.page.wait_for_load_state("load")
        faults = [f"HTML: {fault}" for fault in html_faults(self.page.content())]
        faults += faults_in_both_schemes(self.page)
        faults += [f"the browser says {text}" for text in self.watch.complaints if not any(m in text for m in MEANT)]
        faults += self.missed
        for width in (320, PHONE["width"]):
            if overflow := overflow_at(self.page, width):
                faults.append(f"scrolls sideways at {width} px: {overflow}")
        self.page.set_viewport_size(PHONE)
        assert not faults, f"{self.page.url}\n" + "\n".join(faults)


@pytest.fixture
def phone(own_site: RunningSite, visitor: Callable[..., Page]) -> Phone:
    page = visitor(own_site, viewport=PHONE)
    return Phone(page, Watch(page))


def test_feedback_from_errors_to_its_follow_up_page(phone: Phone, own_site: RunningSite) -> None:
    page = phone.page
    page.goto("/palaute/laheta/")
    phone.press("Lähetä palaute")
    phone.shows(".error-summary")
    phone.has_no_faults()

    page.get_by_label("Kysymys").check()
    page.locator("select[name=topic]").select_option(label="Kadut ja liikenne")
    page.get_by_label("Palautteesi").fill("Milloin suojatie maalataan?")
    page.locator("input[name=place]").fill("Siltakatu 2")
    phone.press("Lähetä palaute")
    phone.shows(".receipt", "Kiitos palautteesta")
    phone.has_no_faults()

    code = page.locator(".receipt__code").inner_text().strip()
    page.locator("main").get_by_role("link", name="Seuraa palautetta").click()
    phone.shows("main form [name=code]")
    phone.has_no_faults()
    page.get_by_label("Seurantakoodi").fill("0000-0000-0000-0000")
    phone.press("Näytä palaute")
    phone.shows(".error-summary")
    phone.has_no_faults()
    page.get_by_label("Seurantakoodi").fill(code)
    phone.press("Näytä palaute")
    phone.shows("main", "Milloin suojatie maalataan?")
    phone.has_no_faults()


def test_an_empty_feedback_form_in_a_page_shows_its_errors_there(phone: Phone) -> None:
    phone.page.goto("/anna-palautetta/")
    phone.press("Lähetä palaute")
    phone.shows(".block--feedback_form .error-summary")
    phone.has_no_faults()


def test_a_proposal_from_errors_through_its_steps_to_its_page(phone: Phone) -> None:
    page = phone.page
    page.goto(BUDGETING)
    page.locator(".block--round").get_by_role("link", name="Tee ehdotus").click()
    phone.press("Jatka")
    phone.shows(".error-summary")
    phone.has_no_faults()

    page.get_by_label("Otsikko").fill("Penkkejä raitille")
    page.get_by_label("Tiivistelmä").fill("Penkkejä, joilla voi levätä.")
    page.get_by_label("Teema").select_option(index=1)
    phone.shows("similar-proposals li", "penkkejä")
    phone.has_no_faults()
    phone.press("Jatka")
    phone.shows("#samankaltaiset")
    phone.press("Jatka")
    phone.shows(".error-summary")
    phone.has_no_faults()

    page.get_by_label("Kuvaus").fill("Puiset penkit raitin varteen.")
    page.locator("place-picker summary").click()
    page.locator("[data-map]").click()
    phone.shows("place-picker [data-status]", "Merkki on kartalla")
    phone.shows("[data-autosave-status]", "Luonnos tallennettu")
    phone.has_no_faults()
    phone.press("Tallenna ja jatka myöhemmin")
    phone.shows(".notice--success", "Luonnos on tallennettu")
    phone.has_no_faults()
    phone.press("Jatka")
    phone.shows("input[name=email]")
    phone.has_no_faults()
    page.get_by_label("Sähköpostiosoitteesi").fill("penkit@example.com")
    phone.press("Jatka")
    phone.shows("dl.facts:has-text('Kuvaus')", "Puiset penkit")
    phone.has_no_faults()
    phone.press("Lähetä ehdotus")
    phone.shows(".receipt", "Kiitos, ehdotuksesi on perillä")
    phone.has_no_faults()
    page.get_by_role("link", name="Seuraa ehdotustasi").click()
    phone.shows("main", "Penkkejä raitille")
    phone.has_no_faults()
    page.get_by_role("link", name="Muokkaa ehdotusta").click()
    phone.shows("main form [name=title]")
    phone.has_no_faults()


def test_a_published_proposal_reached_from_the_gallery(phone: Phone) -> None:
    phone.page.goto(BUDGETING)
    phone.page.locator(".block--round .card__title a").first.click()
    phone.shows("dl.facts", "Teema")
    phone.has_no_faults()


def test_the_gallery_when_no_proposal_passes_the_filters(phone: Phone) -> None:
    phone.page.goto(BUDGETING)
    phone.page.locator(".block--round form.filters input[type=search]").fill("zzzzqqq")
    phone.press("Näytä")
    phone.shows(".block--round .empty", "ei löytynyt")
    phone.has_no_faults()


def test_the_map_of_the_gallery(phone: Phone) -> None:
    phone.page.goto(BUDGETING)
    phone.page.locator(".block--round").get_by_role("link", name="Kartta").click()
    phone.shows("proposal-map svg")
    phone.has_no_faults()


def test_the_shortlist_before_and_after_choosing(phone: Phone) -> None:
    page = phone.page
    page.goto(BUDGETING)
    phone.press("Näytä omat suosikit")
    phone.shows("main .empty", "ei ole vielä suosikkeja")
    phone.has_no_faults()
    page.go_back()
    page.locator(".card", has_text="Etenee äänestykseen").locator(".pick input").first.check()
    phone.press("Näytä omat suosikit")
    phone.shows("main .card__title")
    phone.has_no_faults()
    page.get_by_role("link", name="Äänestä").last.click()
    phone.press("Vain omat suosikit")
    phone.shows("[data-search-count]", "löytyi 1")
    phone.has_no_faults()


@pytest.mark.parametrize(
    ("link", "button"),
    [
        ("Kannata", "Lähetä vahvistuslinkki"),
        ("Seuraa", "Lähetä vahvistuslinkki"),
        ("Kirjoita kommentti", "Lähetä kommentti"),
    ],
)
def test_a_voice_about_a_proposal_from_errors_to_the_mail(phone: Phone, link: str, button: str) -> None:
    page = phone.page
    page.goto(BUDGETING)
    page.locator(".card", has_text="Laavu Kytäjän").locator(".card__title a").first.click()
    phone.shows(".comment")
    phone.has_no_faults()
    page.locator("main").get_by_role("link", name=link, exact=True).click()
    phone.press(button)
    phone.shows(".error-summary")
    phone.has_no_faults()
    if button == "Lähetä kommentti":
        page.locator("textarea[name=text]").fill("Hyvä paikka.")
        page.locator("input[name=name]").fill("Kulkija")
    page.locator("input[name=email]").fill(f"aani-{len(link)}@example.com")
    phone.press(button)
    phone.shows(".receipt", "Vielä yksi vaihe")
    phone.has_no_faults()


def test_a_vote_from_an_overspent_ballot_to_the_receipt(phone: Phone) -> None:
    page = phone.page
    page.goto(BUDGETING)
    boxes = page.locator("form[data-ballot] input[type=checkbox]")
    for box in boxes.all():
        box.check()
    phone.shows("[data-money-shown]", "Rahaa puuttuu")
    phone.has_no_faults()
    phone.press("Tarkista valinnat")
    phone.shows(".block--round .error-summary")
    phone.has_no_faults()

    for box in boxes.all()[1:]:
        box.uncheck()
    phone.press("Tarkista valinnat")
    phone.shows(".ballot__sum--total")
    phone.has_no_faults()
    page.get_by_label("Äänestyskoodi").fill("7777-7777-7777")
    phone.press("Anna ääni")
    phone.shows(".error-summary", "Koodi ei kelpaa")
    phone.has_no_faults()
    page.get_by_label("Äänestyskoodi").fill(CODE)
    phone.press("Anna ääni")
    phone.shows(".receipt", "Äänesi on perillä")
    phone.has_no_faults()


# A round in which one picks one of two pots and shares points there, and a class of it.
POINTS = """
from django.utils import timezone
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import IdentificationMeans, Pot, Proposal, Round, RuleSheet, Screening, Theme
from budgeting_blocks.services.classes import create_class
from budgeting_blocks.services.rounds import create_round
from cms.users.models import User
from tests.budgeting_blocks.conftest import freeze
now, user = timezone.now(), User.objects.get(username="koordinaattori")
voting = Round.objects.get(slug__endswith=now.year).schedule.window(Kind.VOTING)
round = create_round(title="Pisteet", slug="pisteet", budget=9000, windows=[voting], user=user)
sheet = RuleSheet(round=round, ballot_kind="points", ballot_scope="one", max_points=10, max_points_per_item=5)
sheet.means = [IdentificationMeans(kind="class", strength="medium")]
sheet.save()
for name in ("Keskusta", "Kylien yhdistysten avustukset"):
    pot = Pot.objects.create(round=round, name=name, slug=name[:8].lower(), budget=4500)
    for number in range(9):
        proposal = Proposal(round=round, title=f"Kaupunginkirjaston lukusalin kalusteidenuudistamishanke {number}", live=True)
        proposal.summary, proposal.description, proposal.theme = "Kalusteita.", "Kuvaus", Theme.objects.first()
        proposal.save()
        Screening.objects.create(proposal=proposal, state="proceeds", cost=900, reasons="Sopii.", pot=pot)
freeze(round)
print(create_class(round=round, school="Koulu", label="5B", size=2, user=user, now=now)[1])
"""


def test_a_class_from_the_teacher_s_code_to_a_pupil_s_points(phone: Phone, own_site: RunningSite) -> None:
    page = phone.page
    code = own_site.manage("shell", "--verbosity", "0", "-c", POINTS).split()[-1]
    page.goto("/osbu/aanesta/pisteet/luokka/")
    phone.press("Avaa luokka")
    phone.shows(".error-summary")
    phone.has_no_faults()
    page.get_by_label("Opettajan koodi").fill(code)
    phone.press("Avaa luokka")
    phone.shows("dl.facts", "Oppilaita")
    phone.has_no_faults()
    page.get_by_role("link", name="Näytä laput").click()
    phone.shows(".slip__code")
    phone.has_no_faults()
    page.go_back()
    phone.press("Seuraava oppilas")
    phone.shows("main", "Koululuokka")
    phone.has_no_faults()

    page.get_by_role("link", name="Valitse ehdotukset").click()
    phone.shows(".card__title", "Keskusta")
    phone.has_no_faults()
    page.get_by_role("link", name="Kylien yhdistysten").click()
    page.locator(".ballot__step").nth(1).click()
    phone.press("Vain valitut")
    phone.shows("[data-search-count]", "löytyi 1")
    phone.has_no_faults()
    phone.press("Tarkista valinnat")
    phone.shows(".ballot__sum--total", "1")
    phone.has_no_faults()


def test_means_rules_and_receipts(phone: Phone) -> None:
    page, round = phone.page, f"osbu-{timezone.now().year}"
    page.goto(f"/osbu/aanesta/{round}/tunnistaudu/")
    phone.shows("main", "Tunnistus: heikko")
    phone.has_no_faults()
    page.goto(f"/osbu/aanesta/{round}/koodi/")
    phone.press("Jatka koodilla")
    phone.shows(".error-summary")
    phone.has_no_faults()
    page.goto(f"/osbu/kierrokset/{round}/saannot/")
    phone.shows(".fingerprint")
    phone.has_no_faults()
    page.goto("/osbu/aanesta/osbu-2023/kuitit/?koodi=AAAA")
    phone.shows(".notice--warning", "Kuittia ei löytynyt")
    phone.has_no_faults()


def test_what_is_printed_for_voters(phone: Phone) -> None:
    page = sign_in(phone.page.context, "koordinaattori")
    page.goto("/admin/budgeting/voting/")
    codes = page.locator("a[href*='/rights/']").first
    page.goto((codes.get_attribute("href") or "").replace("/rights/", "/codes/"))
    page.get_by_label("Erän nimi").fill("Kirjeet")
    page.get_by_label("Kuinka monta koodia").fill("2")
    page.get_by_role("button", name="Tee koodit").click()
    page.get_by_label("Kirjeet ikkunakuoreen").check()
    expect(page.locator(".slip__letter").last).to_be_visible()
    # One letter on each sheet.
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 2
    page.emulate_media(color_scheme="dark")
    faults = [fault for fault in axe_faults(page) if "slip" in fault]
    page.goto(page.url.replace("/voting/", "/paper/round/").replace("/codes/", "/ballot/large/A/"))
    expect(page.locator(".paper--large .paper-items li").first).to_be_visible()
    assert not faults + axe_faults(page)


# Where staff work: a list, and the link from it to one of its pages.
DESKS = {
    "screening": "td.title a",
    "merging": "",
    "enter": "",
    "paper": "ul.listing a",
    "rules": "table.listing a",
    "voting": ".desk-actions a",
}
TOO_WIDE = """() => [...document.querySelectorAll("#main :is(p, h1, h2, code, input, select, .button)")]
    .filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest("table, .w-sr-only, .w-slim-header"))
    .map(e => `too wide: ${e.outerHTML.slice(0, 120)}`)"""


def test_the_desks_of_staff(phone: Phone) -> None:
    page = sign_in(phone.page.context, "koordinaattori")
    faults = []
    for name, link in DESKS.items():
        page.goto(f"/admin/budgeting/{name}/")
        for follow in (False, True)[: 2 if link else 1]:
            if follow:
                page.locator(f"#main {link}").first.click()
                page.wait_for_load_state("load")
            faults += [f"{page.url} {fault}" for fault in faults_in_both_schemes(page, best_practice=False)]
            faults += page.evaluate(TOO_WIDE)
    assert not faults, "\n".join(faults)


def test_a_panel_application_from_errors_to_the_receipt(phone: Phone, own_site: RunningSite) -> None:
    page = phone.page
    form = page.locator(".block--panel_call form")
    for path in own_site.addresses_of("participation_pages.PanelPage"):
        page.goto(path)
        if form.count():
            break
    phone.press("Lähetä hakemus")
    phone.shows(".error-summary")
    phone.has_no_faults()

    for group in form.locator("fieldset").all():
        group.locator("input[type=radio]").first.check()
    for select in form.locator("select").all():
        select.select_option(index=1)
    form.locator("input[name=email]").fill("raatiin@example.com")
    form.locator("[name=of_age]").check()
    form.locator("[name=consent]").check()
    phone.press("Lähetä hakemus")
    phone.shows(".receipt")
    phone.has_no_faults()


# The demo's question to an author, its merged pair, and the addresses of their private pages.
ADDRESSES = """
from datetime import timedelta
from django.utils import timezone
from budgeting_blocks.models import ProposalMerge, ScreeningQuestion
from budgeting_blocks.services.follow import follow_token
# The demo's rules are frozen, so its time to object is over; here it still runs.
ProposalMerge.objects.update(objection_until=timezone.now() + timedelta(days=3))
merge, question = ProposalMerge.objects.get(), ScreeningQuestion.objects.get()
print(merge.target.get_absolute_url())
for proposal in (merge.source, question.screening.proposal):
    print("/osbu/seuraa/" + follow_token(proposal.submission_key) + "/")
"""


def test_a_merged_family_and_what_its_authors_and_the_city_say_to_each_other(
    phone: Phone, own_site: RunningSite
) -> None:
    page = phone.page
    told = own_site.manage("shell", "--verbosity", "0", "-c", ADDRESSES).split()
    family, merged, asked = [line for line in told if line.startswith("/osbu/")]
    page.goto(family)
    page.locator("main details > summary").first.click()
    phone.shows("main details[open]", "Miksi yhdistettiin")
    phone.has_no_faults()

    page.goto(asked)
    phone.press("Lähetä vastaus")
    phone.shows(".error-summary")
    phone.has_no_faults()
    page.get_by_label("Vastauksesi").fill("Radan varressa olisi tilaa.")
    phone.press("Lähetä vastaus")
    phone.shows("main", "Radan varressa olisi tilaa.")
    phone.has_no_faults()

    page.goto(merged)
    page.get_by_label("Miksi vastustat").fill("Paikka on eri.")
    phone.press("Vastusta yhdistämistä")
    phone.shows("main", "Vastustit yhdistämistä")
    phone.has_no_faults()


def test_the_menu_opened_on_a_phone(phone: Phone) -> None:
    phone.page.goto("/")
    phone.page.locator(".site-menu > summary").click()
    phone.shows(".site-menu__panel nav")
    phone.has_no_faults()
    phone.page.locator(".site-menu nav details > summary").first.click()
    phone.shows(".site-menu nav details[open] a")
    phone.has_no_faults()


def test_a_search_from_the_menu_that_finds_nothing(phone: Phone) -> None:
    phone.page.goto("/")
    phone.page.locator(".site-menu > summary").click()
    search = phone.page.locator(".site-menu input[type=search]")
    search.fill("zzzzqqq")
    search.press("Enter")
    phone.shows(".empty", "Mitään ei löytynyt")
    phone.has_no_faults()


def test_an_address_that_leads_nowhere(phone: Phone) -> None:
    response = phone.page.goto("/tata-ei-ole/")
    assert response
    assert response.status == 404
    phone.shows("h1")
    phone.has_no_faults()
