"""The budgeting page with the running round, and below it the model, the example rounds and the archive."""

from __future__ import annotations

from typing import Any

from home.demo.context import Demo, body, heading, link_to, notice, text
from home.demo.documents import figures_of_rounds
from participation_pages.models import BudgetingPage

QUESTIONS = (
    ("Kuka saa ehdottaa?", "Kuka tahansa, ilman tunnuksia. Sähköpostiosoite tarvitaan kuittia varten."),
    (
        "Miten äänestän?",
        "Valitse ehdotukset, jotka mahtuvat kierroksen rahaan. Sitten todistat äänioikeutesi, esimerkiksi koodilla.",
    ),
    ("Kuka näkee ääneni?", "Ei kukaan. Äänestyslippu ja koodi säilytetään erillään, eikä niitä voi yhdistää."),
)
CARDS = (
    ("Näin malli toimii", "Vaiheet ehdotuksesta hankkeeseen ja päätös, johon ne perustuvat.", "budgeting_model"),
    (
        "Esimerkkikierros tuloksineen",
        "Keksitty kierros, joka on äänestetty, laskettu ja vahvistettu. Hankkeet ovat käynnissä.",
        "budgeting_example",
    ),
    ("Äänestä pisteillä", "Toinen keksitty kierros: jaa kymmenen pistettä kylien ehdotuksille.", "budgeting_village"),
    ("Kierros 2023", "50 000 euroa, 170 ehdotusta, seitsemän toteutukseen.", "budgeting_2023"),
    ("Kierros 2021", "20 000 euroa, 11 ehdotusta äänestyksessä, kaksi toteutukseen.", "budgeting_2021"),
    ("Kierros 2020", "20 000 euroa, 110 ehdotusta, viisi toteutukseen.", "budgeting_2020"),
)
# What a newcomer is sent to look at.
ADDRESSES = {
    "/osallistuva-budjetointi/": "the running round in the one round block",
    "/osallistuva-budjetointi/esimerkkikierros/": "a round from its votes to its projects",
    "/osbu/tulokset/esimerkkikierros/": "its result, package and charts",
    "/osbu/aanesta/esimerkkikierros/kuitit/": "its sealed box and receipts",
    "/osallistuva-budjetointi/esimerkki-pisteet/": "an open vote by points",
    "/osbu/tulokset/osbu-2023/": "the archive, likewise osbu-2021 and osbu-2020",
}
NO_IMAGE = {"image": None, "decorative": False, "alt_text": ""}
UNKNOWN = "Ehdotusten kuvaukset on keksitty esittelyä varten."


def build(demo: Demo) -> None:
    parent = demo.add_page(
        "budgeting",
        demo.home,
        BudgetingPage(
            title="Osallistuva budjetointi",
            slug="osallistuva-budjetointi",
            show_in_menus=True,
            round=demo.records["round"],
            introduction="Asukkaat ehdottavat, kaupunki hinnoittelee, asukkaat äänestävät. Eniten ääniä saaneet toteutetaan.",
            listing_image=demo.image("playground"),
        ),
    )
    _build_model(demo, parent)
    _build_examples(demo, parent)
    _build_archive(demo, parent)
    _fill(demo, parent)


def _fill(demo: Demo, page: BudgetingPage) -> None:
    """The running round, and the way to all that was made below the page."""
    cards = [
        {"title": title, "text": words, "image": NO_IMAGE, "link": link_to(demo.pages[name])}
        for title, words, name in CARDS
    ]
    questions = [{"title": question, "content": f"<p>{answer}</p>"} for question, answer in QUESTIONS]
    page.refresh_from_db()
    page.body = body(
        notice(
            "info",
            "Tämä on esittelykierros",
            "Ehdotukset ja hinnat ovat keksittyjä esimerkkejä. Oikealla kierroksella ensin ehdotetaan ja vasta sitten "
            "äänestetään; täällä voit kokeilla molempia yhtä aikaa.",
        ),
        _round(demo, "round", "Äänestä ja ehdota"),
        heading("Usein kysyttyä"),
        ("accordion", {"items": questions}),
        ("cards", {"heading": "Malli ja muut kierrokset", "cards": cards}),
    )
    editor = demo.users["viestinta"]
    page.save_revision(user=editor, log_action=True).publish(user=editor)


def _build_model(demo: Demo, parent: BudgetingPage) -> None:
    page = BudgetingPage(
        title="Malli ja päätös",
        slug="malli-ja-paatos",
        show_in_menus=True,
        introduction="Mitä kierroksella tapahtuu, missä järjestyksessä, ja kuka siitä päätti.",
        body=body(
            text(
                "<ol><li>Asukkaat ehdottavat, mihin raha käytetään.</li><li>Kaupunki arvioi jokaisen ehdotuksen samoilla "
                "kriteereillä, hinnoittelee sen ja perustelee vastauksensa. Samankaltaiset yhdistetään.</li>"
                "<li>Säännöt ja äänestettävät ehdotukset lukitaan ja julkaistaan ennen äänestystä.</li>"
                "<li>Asukkaat äänestävät. Äänet lasketaan niin kuin säännöissä sanotaan.</li>"
                "<li>Tulos vahvistetaan ja julkaistaan. Voittajista tulee hankkeita, joiden etenemisestä kerrotaan.</li></ol>"
            ),
            ("rules", {"heading": "Käynnissä olevan kierroksen säännöt", "round": demo.records["round"].pk}),
            heading("Päätös"),
            text("Kaupunginhallitus hyväksyi osallistuvan budjetoinnin mallin marraskuussa 2019."),
            notice(
                "warning",
                "Esittelyn säännöt on keksitty",
                "Esittelykierrosten säännöt, päättäjät, päivät ja pykälät ovat esimerkkejä. Oikealla kierroksella "
                "päätöksen linkki vie kaupungin pöytäkirjaan.",
            ),
        ),
    )
    demo.add_page("budgeting_model", parent, page)


def _build_examples(demo: Demo, parent: BudgetingPage) -> None:
    finished = BudgetingPage(
        title="Esimerkkikierros",
        slug="esimerkkikierros",
        show_in_menus=True,
        round=demo.records["round_finished"],
        introduction="Keksitty kierros äänestyksestä valmiisiin hankkeisiin: tulos, perustelut, raha ja eteneminen.",
        listing_image=demo.image("square"),
        body=body(
            notice(
                "warning",
                "Kaikki tällä sivulla on keksitty",
                "Ehdotukset, äänet, hinnat ja hankkeet on tehty esittelyä varten. Tällaista kierrosta ei ole pidetty.",
            ),
            _round(demo, "round_finished", ""),
        ),
    )
    demo.add_page("budgeting_example", parent, finished)
    village = BudgetingPage(
        title="Esimerkki: äänestä pisteillä",
        slug="esimerkki-pisteet",
        show_in_menus=True,
        round=demo.records["round_village"],
        introduction="Keksitty kierros, jossa jaat kymmenen pistettä. Samat kokeilukoodit käyvät kuin pääkierroksella.",
        body=body(_round(demo, "round_village", "")),
    )
    demo.add_page("budgeting_village", parent, village)


def _build_archive(demo: Demo, parent: BudgetingPage) -> None:
    """Past rounds, newest first, with what is known of them."""
    files = ("downloads", {"heading": "Luvut", "documents": [{"document": figures_of_rounds().pk, "title": ""}]})
    _add_past(
        demo,
        parent,
        2023,
        "50 000 euroa, 170 ehdotusta, 37 äänestyksessä, seitsemän toteutukseen, 737 äänestäjää.",
        text(
            "Rahasta 35 000 euroa oli ehdotuksille ja 15 000 euroa talkoorahaa kylille. Äänestys kesti 13.–23.3.2023, ja ääniä "
            "annettiin yhteensä 3 482. Toteutettujen hinnat olivat 2 000–10 000 euroa."
        ),
        f"Viiden eniten ääniä saaneen äänimäärät tiedetään, muiden ei. Hinnoista tiedetään vain Hope ry:n lahjoitus. {UNKNOWN}",
    )
    _add_past(
        demo,
        parent,
        2021,
        "20 000 euroa, 11 ehdotusta äänestyksessä, kaksi toteutukseen.",
        text(
            "Äänestyksessä 1.–14.11.2021 olivat ne ehdotukset, jotka jäivät kierrokselta 2020. Eniten ääniä saanut sai 198 ääntä."
        ),
        f"Äänestäjien määrää, muita äänimääriä ja hintoja ei ole tiedossa. {UNKNOWN}",
    )
    _add_past(
        demo,
        parent,
        2020,
        "Ensimmäinen kierros: 20 000 euroa, 110 ehdotusta, 32 äänestyksessä, viisi toteutukseen, 654 äänestäjää.",
        text(
            "Ideoita kerättiin tammi–helmikuussa. Maaliskuussa ehdotukset arvioitiin ja hinnoiteltiin. Äänestys kesti kaksi "
            "viikkoa, 30.3.–13.4.2020, ja tulokset julkaistiin 22.4.2020. Peruskoululaiset äänestivät erikseen.",
            "Jokainen sai valita ehdotuksia niin, että hinnat mahtuivat yhteensä 20 000 euroon. Eniten ääniä saaneet "
            "toteutettiin järjestyksessä niin pitkälle kuin raha riitti.",
        ),
        "Toteutettujen hankkeiden hinnat olivat 1 500–10 000 euroa, mutta yksittäisiä hintoja ja äänimääriä ei ole tiedossa. "
        + UNKNOWN,
        files,
    )


def _add_past(
    demo: Demo, parent: BudgetingPage, year: int, introduction: str, told: Any, unknown: str, *more: Any
) -> None:
    round = demo.records[f"round_{year}"]
    page = BudgetingPage(
        title=f"Kierros {year}",
        slug=f"kierros-{year}",
        show_in_menus=True,
        round=round if round.phases.count() > 1 else None,
        introduction=introduction,
        body=body(
            told,
            notice("warning", "Kaikkia lukuja ei tiedetä", unknown),
            ("voting", {"heading": "Tulokset", "round": round.pk}),
            (
                "proposal_gallery",
                {"heading": "Toteutetut ehdotukset", "round": round.pk, "page_size": "12", "proposing": "none"},
            ),
            *more,
        ),
    )
    demo.add_page(f"budgeting_{year}", parent, page)


def _round(demo: Demo, name: str, title: str) -> tuple[str, Any]:
    return "round", {"heading": title, "round": demo.records[name].pk, "show_rules": True}
