"""Pages that the law asks for: accessibility statement, privacy notice, and the ways to give feedback."""

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import ngettext

from cms.common.retention import policies
from home.demo.context import Demo, body, heading, link_to, notice, text
from home.models import ContentPage

SLUGS = ("saavutettavuusseloste", "tietosuojaseloste", "palautekanavat")


def build(demo: Demo) -> None:
    for slug, page in zip(SLUGS, (_accessibility(), _privacy(), _channels(demo)), strict=True):
        page.slug = slug
        demo.add_page(slug, demo.home, page)


def _accessibility() -> ContentPage:
    return ContentPage(
        title="Saavutettavuusseloste",
        introduction="Miten hyvin tätä sivustoa voi käyttää, ja mitä tehdä, jos se ei onnistu.",
        body=body(
            notice("info", "Esittelysivuston seloste", "Kaupunki täydentää selosteen, kun sivusto otetaan käyttöön."),
            heading("Tavoite"),
            text(
                "Sivusto on tehty niin, että se täyttää saavutettavuuden ohjeet WCAG 2.2, taso AA. Laki digitaalisten palvelujen "
                "tarjoamisesta (306/2019) vaatii tason AA ohjeista WCAG 2.1.",
                "Kaikki toimii ilman JavaScriptiä, näppäimistöllä ja 320 pikselin levyisellä näytöllä.",
            ),
            heading("Miten tämä on tutkittu"),
            text(
                "Jokainen sivutyyppi tarkistetaan koneella joka muutoksen jälkeen. Ihmisten tekemä arviointi on vielä tekemättä."
            ),
            heading("Huomasitko puutteen?"),
            text(
                "Kerro siitä palautelomakkeella, aiheena Osallistuminen. Vastaamme kahdessa viikossa.",
                "Jos et ole tyytyväinen vastaukseen, voit tehdä ilmoituksen saavutettavuutta valvovalle viranomaiselle.",
            ),
        ),
    )


def retention_lines(language: str) -> list[str]:
    """What is kept and how long, as the rooms themselves declare it, in the order of the policies' names."""
    with translation.override(language):
        lines = []
        for policy in policies():
            days = ngettext("%(days)d päivä", "%(days)d päivää", policy.days) % {"days": policy.days}
            lines.append(f"{policy.what}: {days}")
        return lines


def _privacy() -> ContentPage:
    items = "".join(f"<li>{escape(line)}</li>" for line in retention_lines("fi"))
    return ContentPage(
        title="Tietosuojaseloste",
        introduction="Mitä tietoja keräämme, miksi, ja milloin ne poistetaan.",
        body=body(
            notice("info", "Esittelysivuston seloste", "Kaupunki täydentää selosteen, kun sivusto otetaan käyttöön."),
            heading("Mitä keräämme"),
            text(
                "Vain sen, mitä itse kirjoitat lomakkeelle. Sähköpostiosoitetta käytetään kuittiin ja vastaukseen, eikä sitä "
                "julkaista. Sivusto ei seuraa kävijöitä eikä lataa mitään muualta.",
                "Äänestyslippua ja äänestyskoodia ei voi yhdistää toisiinsa.",
            ),
            heading("Kuinka kauan tietoja säilytetään"),
            text("Tiedot poistetaan joka yö, kun niiden aika on täynnä:", f"<ul>{items}</ul>"),
            heading("Oikeutesi"),
            text(
                "Voit pyytää nähtäväksi omat tietosi, korjata ne tai pyytää niiden poistamista. Voit myös valittaa "
                "tietosuojavaltuutetulle."
            ),
        ),
    )


def _channels(demo: Demo) -> ContentPage:
    return ContentPage(
        title="Palautekanavat",
        introduction="Kaikki tavat antaa kaupungille palautetta.",
        body=body(
            text(
                "<ul><li>Palautelomake tällä sivustolla, ympäri vuorokauden.</li><li>Puhelimella palvelupisteeseen.</li>"
                "<li>Käymällä palvelupisteessä, jossa saat apua lomakkeen täyttämiseen.</li></ul>",
                "Kuntalain mukaan voit myös tehdä kaupungille aloitteen.",
            ),
            (
                "call_to_action",
                {
                    "heading": "Asiaa kaupungille?",
                    "text": "Lomakkeen täyttää parissa minuutissa.",
                    "link": link_to(demo.pages["feedback"]),
                    "link_text": "Siirry lomakkeelle",
                },
            ),
        ),
    )
