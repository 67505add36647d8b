"""The environment forum: what it is for, its announcements, and an event of each state."""

from home.demo.context import Demo, body, heading, notice, text
from participation_pages.models import AnnouncementPage, EventPage, ForumPage, ForumTheme

THEMES = {
    "luonto": ("Lähiluonto", "Nearby nature", "Närnaturen"),
    "kestava-arki": ("Kestävä arki", "Sustainable everyday life", "Hållbar vardag"),
    "vesisto": ("Vesistöt", "Waters", "Vattendrag"),
}


def build(demo: Demo) -> None:
    themes = {
        slug: ForumTheme.objects.create(name=fi, name_en=en, name_sv=sv, slug=slug, sort_order=order)
        for order, (slug, (fi, en, sv)) in enumerate(THEMES.items(), start=1)
    }
    forum = demo.add_page(
        "forum",
        demo.home,
        ForumPage(
            title="Ympäristöfoorumi",
            slug="ymparistofoorumi",
            show_in_menus=True,
            introduction="Foorumi kokoaa yhteen ne, joita kiinnostavat lähiluonto ja kestävä arki. Tule mukaan.",
            listing_image=demo.image("forest"),
        ),
    )
    forum.body = body(
        heading("Mistä on kyse?"),
        text(
            "Ympäristöfoorumi perustettiin vuonna 2018. Se lisää tietoa ympäristöstä, tekee lähiluontoa tutuksi ja edistää "
            "kestävää kehitystä. Joka vuodella on oma teemansa.",
            "Foorumi järjestää tapahtumia, tiedottaa ja keskustelee. Mukaan pääsee jokainen.",
        ),
        notice("info", "Esittelyn tapahtumat", "Tapahtumat ja tiedotteet ovat keksittyjä esimerkkejä."),
    )
    editor = demo.users["viestinta"]
    forum.save_revision(user=editor).publish(user=editor)
    _build_announcements(demo, forum, themes)
    _build_events(demo, forum, themes)


def _build_announcements(demo: Demo, forum: ForumPage, themes: dict[str, ForumTheme]) -> None:
    for name, title, theme, days, intro, words in (
        (
            "news_theme",
            "Vuoden teemana lähimetsät",
            "luonto",
            -4,
            "Tänä vuonna tutustumme metsiin, jotka ovat kävelymatkan päässä.",
            "Retkiä tehdään joka vuodenaikana. Ehdota metsää, josta pidät: otamme sen mukaan ohjelmaan.",
        ),
        (
            "news_water",
            "Vedenlaatu mitattiin talkoilla",
            "vesisto",
            -18,
            "Asukkaat ottivat vesinäytteitä kolmesta paikasta.",
            "Näytteet tutkitaan, ja tuloksista kerrotaan foorumin illassa. Kiitos kaikille talkoolaisille.",
        ),
        (
            "news_swap",
            "Vaihtohyllyt toimivat",
            "kestava-arki",
            -40,
            "Ehjät tavarat ovat löytäneet uuden kodin.",
            "Hyllyjä on nyt neljässä paikassa. Tuo mukanasi vain sellaista, minkä antaisit ystävällekin.",
        ),
    ):
        page = AnnouncementPage(
            title=title, date=demo.day(days).date(), theme=themes[theme], introduction=intro, body=body(text(words))
        )
        demo.add_page(name, forum, page)


def _build_events(demo: Demo, forum: ForumPage, themes: dict[str, ForumTheme]) -> None:
    planned = EventPage(
        title="Retki lähimetsään",
        theme=themes["luonto"],
        starts_at=demo.day(10, 17),
        ends_at=demo.day(10, 19),
        place="Sveitsin pysäköintialue",
        introduction="Kävellään rauhassa kaksi kilometriä ja opetellaan tuntemaan puita.",
        body=body(text("Ota mukaan juotavaa ja säähän sopivat vaatteet. Reitti sopii myös lastenvaunuille.")),
    )
    postponed = EventPage(
        title="Järvi-ilta",
        theme=themes["vesisto"],
        status="postponed",
        starts_at=demo.day(24, 18),
        ends_at=demo.day(24, 20),
        postponed_from=demo.day(5, 18),
        place="Kirjaston sali",
        introduction="Mitä talkoilla otetut vesinäytteet kertovat?",
        body=body(text("Illan alussa kuullaan tulokset, ja sitten keskustellaan. Kahvitarjoilu.")),
    )
    cancelled = EventPage(
        title="Kirppis torilla",
        theme=themes["kestava-arki"],
        status="cancelled",
        cancel_reason="Tori on remontissa. Uutta aikaa ei ole vielä sovittu.",
        starts_at=demo.day(7, 10),
        ends_at=demo.day(7, 14),
        place="Tori",
        introduction="Käytetyn tavaran kirpputori koko perheelle.",
        body=body(text("Paikkavaraukset on peruttu, eikä varaajien tarvitse tehdä mitään.")),
    )
    held = EventPage(
        title="Lintupönttötalkoot",
        theme=themes["luonto"],
        starts_at=demo.day(-15, 12),
        ends_at=demo.day(-15, 15),
        place="Nuorisotilan piha",
        introduction="Pönttöjä syntyi yhteensä kolmekymmentä.",
        body=body(text("Kiitos kaikille, jotka tulivat mukaan. Pöntöt ripustetaan keväällä.")),
    )
    for name, page in (("planned", planned), ("postponed", postponed), ("cancelled", cancelled), ("held", held)):
        demo.add_page(f"event_{name}", forum, page)
