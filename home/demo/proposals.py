"""The proposals of the current round, all of them examples."""

from dataclasses import dataclass

from budgeting_blocks.choices import ScreeningState

THEMES = {
    "liikunta": "Liikunta ja hyvinvointi",
    "viihtyisyys": "Alueiden viihtyisyys",
    "yhteisollisyys": "Yhteisöllisyys",
    "kulttuuri": "Kulttuuri ja taide",
}
AREAS = {
    "keskusta": "Keskusta",
    "sveitsi": "Sveitsi",
    "metsakalteva": "Metsäkalteva",
    "hyvinkaankyla": "Hyvinkäänkylä",
    "paavola": "Paavola",
    "kaukas": "Kaukas",
    "kytaja": "Kytäjä",
}
# Roughly the middle of each, for the map of the demo.
AREA_CENTRES = {
    "keskusta": (60.631, 24.861),
    "sveitsi": (60.642, 24.815),
    "metsakalteva": (60.66, 24.895),
    "hyvinkaankyla": (60.605, 24.83),
    "paavola": (60.612, 24.885),
    "kaukas": (60.585, 24.97),
    "kytaja": (60.625, 24.68),
}
# Places of some proposals, by title: likewise rough.
PLACES = {
    "Laavu Kytäjän metsäpolun varteen": (60.633, 24.7),
    "Lisää penkkejä Hyvinkäänkylän raitille": (60.601, 24.822),
    "Talviuintipaikka ja pukukoppi": (60.649, 24.798),
    "Seinämaalaus asemanseudun alikulkuun": (60.625, 24.852),
    "Kyläpuutarha Kaukasiin": (60.591, 24.952),
    "Valoja Paavolan leikkipuistoon": (60.617, 24.9),
    "Lainattavia pelejä ja työkaluja kirjastoon": (60.636, 24.872),
    "Tekojäärata Metsäkaltevaan": (60.668, 24.88),
    "Frisbeegolfkorit Kaukasiin": (60.578, 24.98),
    "Satupolku lapsille": (60.637, 24.83),
}


@dataclass(frozen=True, slots=True)
class Idea:
    """`state` None: still waits for a moderator. `cost` in euros. `area` "" concerns the whole city."""

    title: str
    summary: str
    theme: str
    area: str = ""
    place: str = ""
    cost: int | None = None
    state: ScreeningState | None = ScreeningState.PROCEEDS
    unit: str = "puistot"
    reasons: str = (
        "Ehdotus on kaupungin tehtävä, se voidaan toteuttaa vuoden kuluessa ja hinta mahtuu kierroksen rahaan."
    )
    more: str = ""

    @property
    def description(self) -> str:
        return self.more or self.summary


CURRENT = [
    Idea(
        "Laavu Kytäjän metsäpolun varteen",
        "Katettu laavu ja tulipaikka, jossa retkeilijä saa levähtää.",
        "liikunta",
        "kytaja",
        "Metsäpolun puoliväli",
        9_500,
        unit="liikunta",
        more="Polulla kulkee perheitä, koululaisia ja ikäihmisiä, mutta katettua levähdyspaikkaa ei ole.",
    ),
    Idea(
        "Lisää penkkejä Hyvinkäänkylän raitille",
        "Selkänojalliset penkit parin sadan metrin välein.",
        "viihtyisyys",
        "hyvinkaankyla",
        "Raitti koululta uimarannalle",
        6_000,
        more="Penkit auttavat niitä, jotka eivät jaksa kävellä pitkää matkaa yhteen menoon.",
    ),
    Idea(
        "Talviuintipaikka ja pukukoppi",
        "Lämmitetty pukukoppi ja valaistu laituri talviuimareille.",
        "liikunta",
        "sveitsi",
        "Sveitsin uimarannan laituri",
        18_000,
        unit="liikunta",
    ),
    Idea(
        "Seinämaalaus asemanseudun alikulkuun",
        "Nuoret suunnittelevat ja maalaavat alikulun taiteilijan ohjauksessa.",
        "kulttuuri",
        "keskusta",
        "Asemanseudun alikulku",
        8_000,
        unit="kulttuuri",
    ),
    Idea(
        "Kyläpuutarha Kaukasiin",
        "Yhteisiä viljelylaatikoita, kasteluvesi ja työkaluvaja.",
        "yhteisollisyys",
        "kaukas",
        "Kyläkentän reuna",
        5_500,
    ),
    Idea(
        "Valoja Paavolan leikkipuistoon",
        "Talvella puisto on pimeä jo iltapäivällä. Valot pidentäisivät leikkiaikaa.",
        "viihtyisyys",
        "paavola",
        "Paavolan leikkipuisto",
        12_000,
    ),
    Idea(
        "Lainattavia pelejä ja työkaluja kirjastoon",
        "Soittimia, pihapelejä ja porakone lainaan kirjastokortilla.",
        "yhteisollisyys",
        "",
        "Kirjasto",
        4_500,
        unit="kulttuuri",
    ),
    Idea(
        "Pihakonsertteja hoivakoteihin",
        "Paikalliset soittajat käyvät kesällä soittamassa hoivakotien pihoilla.",
        "kulttuuri",
        cost=7_000,
        unit="kulttuuri",
    ),
    Idea(
        "Tekojäärata Metsäkaltevaan",
        "Jäähdytetty luistelurata, joka pysyy kunnossa lauhoinakin talvina.",
        "liikunta",
        "metsakalteva",
        state=ScreeningState.REJECTED,
        unit="liikunta",
        reasons="Radan rakentaminen ja vuotuinen ylläpito maksavat moninkertaisesti kierroksen rahan verran.",
    ),
    Idea(
        "Koirapuisto keskustan tuntumaan",
        "Aidattu alue isoille ja pienille koirille kävelymatkan päähän torilta.",
        "viihtyisyys",
        "keskusta",
        state=ScreeningState.UNDER_ASSESSMENT,
        reasons="",
    ),
    Idea(
        "Frisbeegolfkorit Kaukasiin",
        "Kolmen korin harjoitusrata urheilukentän laidalle.",
        "liikunta",
        "kaukas",
        "Urheilukenttä",
        state=ScreeningState.NOT_ASSESSED,
        unit="liikunta",
    ),
    Idea(
        "Satupolku lapsille",
        "Metsäpolun varrella on tauluja, joista lapset seuraavat tarinaa askel askeleelta.",
        "kulttuuri",
        "sveitsi",
        state=ScreeningState.NOT_ASSESSED,
        unit="kulttuuri",
    ),
    Idea(
        "Pyörien korjausteline rautatieasemalle",
        "Pumppu ja perustyökalut telineessä, josta kuka tahansa voi huoltaa pyöränsä.",
        "viihtyisyys",
        "keskusta",
        "Rautatieaseman pyöräkatos",
        state=None,
    ),
    Idea(
        "Naapuruuspäivä joka kaupunginosaan",
        "Pöydät kadulle, kahvit pöytään ja naapurit tutuiksi kerran kesässä.",
        "yhteisollisyys",
        state=None,
    ),
    Idea(
        "Avoin bändikämppä nuorille",
        "Soittimet ja tila, jonka nuoret voivat varata maksutta.",
        "kulttuuri",
        "keskusta",
        state=None,
    ),
]
