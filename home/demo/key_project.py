"""The key project on participation, with its eight deliverables: all real."""

import json
from typing import Any

from home.demo.context import Demo, body, heading, text
from home.models import ContentPage
from participation_pages.models import KeyProjectPage

GOALS = (
    "Uusia tapoja osallistua ja välineitä henkilöstölle",
    "Avoimuus",
    "Asukkaita kuullaan, he osallistuvat ja vaikuttavat",
    "Päätökset ovat paremmin perusteltuja",
    "Päätökset toteutetaan nopeammin",
    "Yhteisöllisyys",
    "Kaupungin kuva",
    "Tehokkuus (€)",
)
GROUP = (
    "kehittämispäällikkö (puheenjohtaja)",
    "rehtori",
    "hyvinvointipäällikkö",
    "liikuntasihtööri",
    "it-suunnittelija",
    "oppilashuollon esimies",
    "kansliapäällikkö",
    "verkkoviestinnän asiantuntija",
    "kokoussihtööri",
)
STAKEHOLDERS = (
    "muut kärkihankkeet",
    "johtoryhmät",
    "yritykset",
    "muu julkinen hallinto",
    "järjestelmätoimittajat (muut kumppanit)",
    "kuntalaiset",
    "henkilöstö",
    "media",
    "eri asiakasryhmät (välillisesti)",
    "linjaorganisaatio (esim. tietohallinto)",
    "luottamushenkilöt",
    "järjestöt ja yhdistykset",
    "muut kunnat",
    "alueelliset yhteistyöverkostot",
)
# name, schedule, status, text, the demo page that shows it
DELIVERABLES = (
    (
        "Osallisuussuunnitelma",
        "2018–2019",
        "in_use",
        "Käytössä kesästä 2018. Kysely käyttökokemuksista on meneillään.",
        "plan",
    ),
    ("Hyvinkää-Äppi", "2018–", "in_use", "Käytössä keväästä 2018.", ""),
    (
        "Asiakaspalautejärjestelmä",
        "2018–",
        "in_use",
        "Koko kaupungin yhteinen järjestelmä lokakuusta 2018.",
        "feedback",
    ),
    (
        "Asiakaspalautelaitteet",
        "2018–",
        "trial",
        "Kokeilu alkoi 2018 ja jatkuu vuonna 2020 harvemmilla laitteilla.",
        "",
    ),
    ("Ympäristöfoorumi", "2018–", "in_use", "Perustettiin kesällä 2018, jatkuu ympäristöpalveluissa.", "forum"),
    ("Osallistuvan budjetoinnin malli", "2019", "done", "Kaupunginhallitus hyväksyi mallin marraskuussa 2019.", ""),
    (
        "Osallistuvan budjetoinnin käyttöönotto",
        "2020",
        "done",
        "Koko kaupungin ehdotusvaihe ja äänestykset pidettiin vuonna 2020.",
        "budgeting_2020",
    ),
    (
        "Kuntalaisraadin perustaminen",
        "2020",
        "postponed",
        "Ensimmäinen istunto peruttiin keväällä 2020 pandemian takia ja siirrettiin myöhemmäksi.",
        "panel_2020",
    ),
)


def _lines(lines: tuple[str, ...]) -> str:
    return json.dumps([{"type": "line", "value": line} for line in lines])


def _rows(demo: Demo) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "schedule": schedule,
            "status": status,
            "status_text": words,
            "link": {"page": demo.pages[page].pk if page else None, "url": ""},
        }
        for name, schedule, status, words, page in DELIVERABLES
    ]


def build_key_project(demo: Demo, parent: ContentPage) -> None:
    page = KeyProjectPage(
        title="Kuntalaisten osallisuus, yhteisöllisyys ja hyvinvointi",
        slug="karkihanke",
        show_in_menus=True,
        status="under_way",
        introduction="Kärkihanke, jossa syntyivät kaupungin uudet tavat osallistua.",
        aim=(
            "Uusia osallistumisen tapoja rakennetaan yhdessä asukkaiden ja kumppanien kanssa. Asukkaat voivat vaikuttaa enemmän "
            "ja kokevat enemmän yhteisöllisyyttä ja hyvinvointia."
        ),
        chair_role="kehittämispäällikkö",
        goals=_lines(GOALS),
        group_roles=_lines(GROUP),
        stakeholders=_lines(STAKEHOLDERS),
        body=body(
            heading("Tuotokset"),
            text("Hanke liittyy kaikkiin kaupungin muihin kärkihankkeisiin. Taulukko kertoo, mitä on saatu aikaan."),
            ("deliverables", {"caption": "Kärkihankkeen tuotokset", "rows": _rows(demo)}),
        ),
    )
    demo.add_page("key_project", parent, page)
