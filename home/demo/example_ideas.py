"""What stands on the ballots of the example rounds, and what became of the winners. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass

from home.demo.proposals import Idea

TOWN, VILLAGES = "kaupunki", "kylat"


@dataclass(frozen=True, slots=True)
class Example:
    """An idea with its pot, how well it was liked, and what became of it: `days` ago residents last heard of it."""

    idea: Idea
    liked: float
    pot: str = TOWN
    stage: str = "planned"
    percent: int = 0
    used: int | None = None
    news: tuple[tuple[int, str], ...] = ()


FINISHED = (
    Example(
        Idea(
            "Katettu odotuspaikka kirjaston eteen",
            "Katos ja penkki kyytiä odottaville.",
            "viihtyisyys",
            "keskusta",
            cost=6_500,
        ),
        6,
        stage="done",
        percent=100,
        used=6_180,
        news=(
            (96, "Katoksen paikka on mitattu ja tarvikkeet tilattu."),
            (31, "Katos on pystyssä. Penkki asennettiin samalla, ja valo syttyy hämärässä itsestään."),
        ),
    ),
    Example(
        Idea(
            "Kiipeilyteline Metsäkaltevaan",
            "Teline, joka sopii eri-ikäisille kiipeilijöille.",
            "liikunta",
            "metsakalteva",
            cost=11_000,
            unit="liikunta",
        ),
        5,
        stage="in_progress",
        percent=60,
        used=4_900,
        news=((70, "Teline on tilattu."), (9, "Perustukset on valettu. Teline nousee, kun betoni on kuivunut.")),
    ),
    Example(
        Idea(
            "Yhteislaulua puistoihin",
            "Kesäiltoina laulattaja ja laulumonisteet lähipuistoon.",
            "kulttuuri",
            cost=2_500,
            unit="kulttuuri",
        ),
        5,
        stage="in_progress",
        percent=30,
        used=700,
        news=((84, "Laulattajat on valittu. Illat julkaistaan, kun paikat on sovittu."),),
    ),
    Example(
        Idea(
            "Luontopolun opasteet Sveitsiin",
            "Selkeät opasteet ja etäisyydet polun haaroihin.",
            "liikunta",
            "sveitsi",
            cost=5_000,
            unit="liikunta",
        ),
        4.5,
        stage="in_progress",
        percent=45,
        used=1_850,
        news=((20, "Opasteiden tekstit on kirjoitettu yhdessä luontokerhon kanssa."),),
    ),
    Example(
        Idea(
            "Lumikenkiä lainaan kirjastosta",
            "Kymmenen paria lumikenkiä kirjastokortilla.",
            "liikunta",
            cost=2_000,
            unit="kulttuuri",
        ),
        4,
        stage="done",
        percent=100,
        used=1_940,
        news=((58, "Lumikengät ovat lainattavissa. Varaa omasi kirjaston tiskiltä."),),
    ),
    Example(
        Idea(
            "Shakkipöytiä torin laidalle",
            "Kaksi säänkestävää pöytää ja penkit.",
            "yhteisollisyys",
            "keskusta",
            cost=3_200,
        ),
        3,
        news=((14, "Paikkaa etsitään niin, ettei se ole torikaupan tiellä."),),
    ),
    Example(
        Idea(
            "Pihakirppisten päivä Paavolaan",
            "Yhteinen päivä, kartta ja pöydät.",
            "yhteisollisyys",
            "paavola",
            cost=1_800,
            unit="kulttuuri",
        ),
        2.2,
    ),
    Example(
        Idea(
            "Pyöränpesupaikka uimahallille",
            "Pesupaikka, jossa on vesi ja teline.",
            "viihtyisyys",
            "keskusta",
            cost=4_000,
        ),
        2,
    ),
    Example(
        Idea(
            "Valotaidetta pimeään aikaan",
            "Kolme valoteosta marraskuun iltoihin.",
            "kulttuuri",
            "keskusta",
            cost=14_000,
            unit="kulttuuri",
        ),
        3.5,
    ),
    Example(
        Idea(
            "Nuotiopaikka Kytäjän kyläkentälle",
            "Nuotiopaikka, penkit ja puukatos.",
            "yhteisollisyys",
            "kytaja",
            cost=5_500,
        ),
        4,
        VILLAGES,
        stage="in_progress",
        percent=75,
        used=3_700,
        news=((40, "Penkit tehtiin kyläläisten talkoissa."), (5, "Puukatos on valmis. Nuotiokehä puuttuu vielä.")),
    ),
    Example(
        Idea(
            "Pysäkkikatos Kaukasiin",
            "Katos pysäkille, jolla koululaiset odottavat.",
            "viihtyisyys",
            "kaukas",
            cost=4_800,
            unit="kadut",
        ),
        3.5,
        VILLAGES,
        news=((25, "Katos on tilattu. Se pystytetään, kun maa on sulanut."),),
    ),
    Example(
        Idea("Kylätalon pihakeinut Kaukasiin", "Kaksi keinua kylätalon pihalle.", "viihtyisyys", "kaukas", cost=4_000),
        2,
        VILLAGES,
    ),
    Example(
        Idea(
            "Uimalaituri Kytäjälle",
            "Laituri ja portaat uimapaikalle.",
            "liikunta",
            "kytaja",
            cost=7_500,
            unit="liikunta",
        ),
        3,
        VILLAGES,
    ),
)

# On the ballot of points that is open.
VILLAGE = (
    Idea(
        "Talkootyökalut kylille lainaan",
        "Kottikärryt, raivaussaha ja haravat kylien yhteiseen käyttöön.",
        "yhteisollisyys",
        cost=3_000,
    ),
    Idea(
        "Kylän ilmoitustaulu Kaukasiin",
        "Katettu taulu, jossa on tilaa myös kartalle.",
        "yhteisollisyys",
        "kaukas",
        cost=1_200,
    ),
    Idea(
        "Latupohja Kytäjän pelloille",
        "Pohjan teko ja merkintä talven hiihtäjille.",
        "liikunta",
        "kytaja",
        cost=2_600,
        unit="liikunta",
    ),
    Idea(
        "Elokuvailta joka kylään",
        "Kangas ja esityslaite kiertävät kylätaloissa.",
        "kulttuuri",
        cost=2_400,
        unit="kulttuuri",
    ),
)
