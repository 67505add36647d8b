"""The city's settings and the pages that are not a room's own: front page, plan, key project, budgeting, statutory pages."""

import json
from typing import Any

from wagtail.models import Site

from home.demo import budgeting_pages, statutory
from home.demo.context import Demo, body, heading, link_to, notice, text
from home.demo.key_project import build_key_project
from home.models import CitySettings, ContentPage, FooterLink, SocialLink
from participation_pages.models import ParticipationPlanPage


def build_settings(demo: Demo) -> None:
    """Contacts are made up, except for what everybody knows."""
    city, _made = CitySettings.objects.get_or_create(site=Site.objects.get(is_default_site=True))
    city.name, city.tagline, city.organisation = "Hyvinkää", "Osallistu", "Hyvinkään kaupunki"
    city.contact_email, city.contact_phone = "osallisuus@example.com", "019 000 0000"
    city.address = "Hyvinkään kaupunki\nKehittämispalvelut"
    city.full_clean()
    city.save()


def build_first_pages(demo: Demo) -> None:
    """Those that stand first in the menu."""
    budgeting_pages.build(demo)
    _build_feedback(demo)


def build_pages(demo: Demo) -> None:
    """The rest, with links to the rooms' pages."""
    _build_participation(demo)
    statutory.build(demo)
    _build_home(demo)
    _build_footer()


def _build_feedback(demo: Demo) -> None:
    demo.add_page(
        "feedback",
        demo.home,
        ContentPage(
            title="Palaute",
            slug="anna-palautetta",
            show_in_menus=True,
            introduction="Kiitä, moiti, kysy, ehdota tai ilmoita viasta. Vastaamme viidessä arkipäivässä, jos haluat vastauksen.",
            listing_image=demo.image("birches"),
            body=body(
                (
                    "feedback_form",
                    {"heading": "Anna palautetta", "introduction": "", "topics": [], "show_published": True},
                ),
            ),
        ),
    )


def _build_participation(demo: Demo) -> None:
    parent = demo.add_page(
        "participation",
        demo.home,
        ContentPage(
            title="Näin osallistut",
            slug="nain-osallistut",
            show_in_menus=True,
            introduction="Kaikki tavat vaikuttaa yhdellä sivulla, ja suunnitelma, johon ne perustuvat.",
            listing_image=demo.image("lake"),
            body=body(
                heading("Oikeus osallistua"),
                text(
                    "Kuntalain mukaan asukkailla on oikeus osallistua, vaikuttaa ja tehdä aloitteita.",
                    "Voit ehdottaa ja äänestää, antaa palautetta, tulla foorumin tapahtumaan tai hakea raatiin.",
                ),
                (
                    "quote",
                    {
                        "text": "Tärkeintä on, että ihminen saa tietää, mitä hänen viestistään seurasi.",
                        "source": "Esimerkki",
                    },
                ),
                (
                    "contact",
                    {
                        "role": "Osallisuuskoordinaattori",
                        "unit": "Kehittämispalvelut",
                        "phone": "019 000 0000",
                        "email": "osallisuus@example.com",
                        "hours": "ma–pe klo 9–15",
                    },
                ),
            ),
        ),
    )
    plan = ParticipationPlanPage(
        title="Osallisuussuunnitelma",
        slug="osallisuussuunnitelma",
        show_in_menus=True,
        status="in_use",
        from_year=2018,
        introduction="Suunnitelma kertoo, miten kaupunki ottaa asukkaat mukaan. Se on ollut käytössä kesästä 2018.",
        body=body(
            heading("Mihin suunnitelmaa tarvitaan?"),
            text(
                "Asukkaan pitää saada tietää ajoissa, mitä valmistellaan ja milloin siihen voi vaikuttaa. Suunnitelma tekee "
                "siitä kaupungin tavan toimia, ei yhden työntekijän hyvän teon.",
            ),
            heading("Neljä tasoa"),
            text(
                "<ul><li>Tieto: kerromme avoimesti, mitä tapahtuu.</li><li>Kuuleminen: kysymme ja vastaamme.</li>"
                "<li>Yhdessä tekeminen: suunnittelemme foorumeissa ja raadeissa.</li><li>Päättäminen: asukkaat ratkaisevat "
                "äänestyksessä.</li></ul>"
            ),
            notice(
                "info",
                "Kysely käyttökokemuksista",
                "Keräämme kokemuksia siitä, miten suunnitelma on toiminut.",
            ),
        ),
    )
    demo.add_page("plan", parent, plan)
    build_key_project(demo, parent)


def _build_home(demo: Demo) -> None:
    home, pages = demo.home, demo.pages
    home.refresh_from_db()
    home.title, home.eyebrow = "Osallistu", "Osallistu Hyvinkäällä"
    home.heading = "Tehdään kaupungista yhdessä parempi"
    home.introduction = "Ehdota, äänestä, kysy ja kerro. Jokainen viesti luetaan, ja näet, mitä siitä seurasi."
    buttons: Any = json.dumps(
        [
            _button("Ehdota ja äänestä", link_to(pages["budgeting"])),
            _button("Anna palautetta", link_to(pages["feedback"])),
        ]
    )
    home.hero_links = buttons
    home.body = body(
        (
            "cards",
            {
                "heading": "Nyt voit vaikuttaa",
                "cards": [
                    _card(
                        "Ehdota ja äänestä",
                        "Mihin 50 000 euroa käytetään? Sinä päätät.",
                        demo,
                        "playground",
                        "budgeting",
                    ),
                    _card(
                        "Hae raatiin", "Haemme 24 asukasta pohtimaan keskustan tulevaisuutta.", demo, "square", "panel"
                    ),
                    _card("Anna palautetta", "Kiitä, moiti, kysy tai ilmoita viasta.", demo, "birches", "feedback"),
                ],
            },
        ),
        (
            "forum_announcements",
            {"heading": "Foorumeissa tapahtuu", "scope": "all", "announcements": 3, "events": 3},
        ),
        (
            "call_to_action",
            {
                "heading": "Onko sinulla idea?",
                "text": "Ehdotuksen tekee viidessä minuutissa. Et tarvitse tunnuksia etkä valmista suunnitelmaa.",
                "link": link_to(pages["budgeting"]),
                "link_text": "Tee ehdotus",
            },
        ),
    )
    editor = demo.users["viestinta"]
    home.save_revision(user=editor, log_action=True).publish(user=editor)


def _button(words: str, link: dict[str, Any]) -> dict[str, Any]:
    return {"type": "button", "value": {"text": words, "link": link}}


def _card(title: str, words: str, demo: Demo, picture: str, page: str) -> dict[str, Any]:
    image = {"image": demo.image(picture).pk, "decorative": True, "alt_text": ""}
    return {"title": title, "text": words, "image": image, "link": link_to(demo.pages[page])}


def _build_footer() -> None:
    city = CitySettings.objects.get(site__is_default_site=True)
    pages = ContentPage.objects.filter(slug__in=statutory.SLUGS, locale__language_code="fi")
    by_slug = {page.slug: page for page in pages}
    city.footer_links.set(
        [FooterLink(page=by_slug[slug], sort_order=order) for order, slug in enumerate(statutory.SLUGS)]
    )
    city.social_links.set([SocialLink(name="Hyvinkään kaupunki", url="https://www.hyvinkaa.fi/", sort_order=0)])
    city.save()
