"""The citizens' panel of 2020, whose first session was cancelled, and a panel with an open call."""

from home.demo.context import Demo, at, body, heading, notice, text
from home.models import ContentPage
from participation_pages.models import Panel, PanelFeature, PanelFeatureValue, PanelPage, PanelSession
from participation_pages.panels.services import cancel_session

FEATURES = {
    "Ikäryhmä": ("16–29", "30–44", "45–64", "65 tai yli"),
    "Asuinalue": ("Keskusta", "Muu taajama", "Kylät"),
    "Sukupuoli": ("Nainen", "Mies", "Muu"),
}


def build(demo: Demo) -> None:
    parent = demo.add_page(
        "panels",
        demo.home,
        ContentPage(
            title="Kuntalaisraati",
            slug="kuntalaisraati",
            show_in_menus=True,
            introduction="Raatiin arvotaan erilaisia asukkaita. He perehtyvät yhteen kysymykseen ja antavat siitä suosituksen.",
            listing_image=demo.image("square"),
            body=body(
                heading("Miksi raati?"),
                text(
                    "Äänestyksessä ratkaisee määrä. Raadissa ratkaisee keskustelu: sama asia näyttää erilaiselta nuoren ja "
                    "eläkeläisen, keskustan ja kylän silmin.",
                    "Jäsenet arvotaan hakijoista niin, että raati muistuttaa kaupunkia. Raadin suositus ja kaupungin vastaus "
                    "siihen julkaistaan.",
                ),
            ),
        ),
    )
    _build_past(demo, parent)
    _build_open(demo, parent)


def _panel(demo: Demo, features: dict[str, tuple[str, ...]], **fields: object) -> Panel:
    panel = Panel(live=False, **fields)
    panel.features.set(
        [
            PanelFeature(
                label=label,
                may_decline=label == "Sukupuoli",
                sort_order=order,
                values=[PanelFeatureValue(label=value, sort_order=place) for place, value in enumerate(values)],
            )
            for order, (label, values) in enumerate(features.items())
        ]
    )
    panel.full_clean()
    panel.save()
    user = demo.users["koordinaattori"]
    panel.save_revision(user=user).publish(user=user)
    panel.refresh_from_db()
    return panel


def _build_past(demo: Demo, parent: ContentPage) -> None:
    panel = _panel(
        demo,
        {},
        title="Kuntalaisraati 2020",
        slug="kuntalaisraati-2020",
        purpose="Kaupungin ensimmäinen kuntalaisraati, jonka oli määrä kokoontua maaliskuussa 2020.",
        seats=20,
        eligibility="Hyvinkään asukkaat.",
    )
    session = PanelSession(
        panel=panel, title="Ensimmäinen istunto", starts_at=at(2020, 3, 17, 17), ends_at=at(2020, 3, 17, 19)
    )
    session.full_clean()
    session.save()
    cancel_session(
        session=session,
        reason="Koronapandemia. Istunto siirrettiin myöhempään ajankohtaan.",
        user=demo.users["koordinaattori"],
        now=at(2020, 3, 13, 12),
    )
    demo.add_page(
        "panel_2020",
        parent,
        PanelPage(
            title="Kuntalaisraati 2020",
            slug="kuntalaisraati-2020",
            show_in_menus=True,
            panel=panel,
            introduction="Ensimmäinen istunto peruttiin keväällä 2020.",
            body=body(
                text(
                    "Raadin oli määrä kokoontua ensi kerran maaliskuun puolivälissä 2020. Pandemia esti kokoontumisen.",
                    "Lokakuussa 2020 kaupunki järjesti sen sijaan asukasfoorumin verkkolähetyksenä.",
                ),
                notice(
                    "info",
                    "Mikä tässä on esimerkkiä",
                    "Istunnon tarkka päivä ja kellonaika sekä paikkojen määrä ovat esimerkkejä.",
                ),
            ),
        ),
    )


def _build_open(demo: Demo, parent: ContentPage) -> None:
    year = demo.today.year
    panel = _panel(
        demo,
        FEATURES,
        title="Kuntalaisraati: kaupungin keskusta",
        slug=f"kuntalaisraati-keskusta-{year}",
        purpose="Millainen keskusta houkuttelisi viipymään? Raati antaa suosituksen, joka otetaan suunnittelun pohjaksi.",
        seats=24,
        eligibility="Voit hakea, jos asut Hyvinkäällä. Aiempaa kokemusta ei tarvita.",
        minimum_age=16,
        call_opens_at=demo.day(-7, 9),
        call_closes_at=demo.day(21, 16),
        next_steps="Jäsenet arvotaan viikon kuluessa haun päättymisestä. Kerromme tuloksesta jokaiselle hakijalle.",
    )
    for number, days in enumerate((35, 49), start=1):
        session = PanelSession(
            panel=panel,
            title=f"{number}. istunto",
            starts_at=demo.day(days, 17),
            ends_at=demo.day(days, 20),
            place="Kaupungintalo",
        )
        session.full_clean()
        session.save()
    page = PanelPage(
        title="Haku: kaupungin keskusta",
        slug="haku-keskusta",
        show_in_menus=True,
        panel=panel,
        introduction="Haemme 24 asukasta pohtimaan keskustan tulevaisuutta kahtena iltana.",
        body=body(
            ("panel_call", {"panel": panel.pk, "heading": "Hae raatiin", "intro": ""}),
            notice("info", "Esittelyn raati", "Raati ja sen ajat ovat keksittyjä esimerkkejä."),
        ),
    )
    demo.records["panel"] = panel
    demo.add_page("panel", parent, page)
