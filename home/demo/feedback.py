"""Feedback topics, and some pieces of feedback in different states. All of the feedback is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from feedback_forms.choices import CaseKind, PlaceRule
from feedback_forms.models import Case, Topic
from feedback_forms.services import answer_case, propose_publication, start_handling, submit_feedback
from home.demo.context import Demo

# slug: name, description, unit, place
TOPICS = {
    "kadut-ja-liikenne": (
        "Kadut ja liikenne",
        "Kunto, talvihoito, valot, liikennemerkit.",
        "kadut",
        PlaceRule.REQUIRED,
    ),
    "puistot": ("Puistot ja leikkipaikat", "Viheralueet, leikkivälineet, roskat.", "puistot", PlaceRule.OPTIONAL),
    "liikuntapaikat": ("Liikuntapaikat", "Kentät, ladut, uimapaikat.", "liikunta", PlaceRule.OPTIONAL),
    "kirjasto-ja-kulttuuri": ("Kirjasto ja kulttuuri", "Kirjasto, tapahtumat.", "kulttuuri", PlaceRule.NONE),
    "osallistuminen": ("Osallistuminen", "Tämä palvelu, äänestykset, foorumit.", "kehittaminen", PlaceRule.NONE),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """`days`: how long ago it came. `answer` "" leaves it unanswered; `public` is what the published title is, "" for none;
    `waits` leaves the public copy with the moderators."""

    kind: CaseKind
    topic: str
    text: str
    days: int
    place: str = ""
    answer: str = ""
    public: str = ""
    waits: bool = False
    started: bool = False


PIECES = [
    Piece(
        CaseKind.FAULT,
        "kadut-ja-liikenne",
        "Suojatien valo on pimeänä, ja aamulla autoilija ei näe ylittäjää.",
        12,
        "Uudenmaankadun suojatie",
        "Kiitos ilmoituksesta. Lamppu vaihdettiin seuraavana päivänä, ja samalla tarkistettiin kadun muut valot.",
        "Suojatien valo pimeänä",
    ),
    Piece(
        CaseKind.THANKS,
        "puistot",
        "Kiitos puiston uusista istutuksista! Kukat ilahduttavat joka päivä.",
        9,
        "Keskustan puisto",
        "Kiitos palautteesta, se välitettiin puutarhureille.",
        "Kiitos istutuksista",
    ),
    Piece(
        CaseKind.QUESTION,
        "liikuntapaikat",
        "Milloin pimeän ajan valot syttyvät kuntopolulla, ja kuinka myöhään ne palavat?",
        8,
        "Sveitsin kuntopolku",
        "Valot palavat pimeän aikaan aamukuudesta iltakymmeneen. Talvella ne syttyvät hämärän tullen.",
        "Kuntopolun valojen ajat",
    ),
    Piece(
        CaseKind.SUGGESTION,
        "kirjasto-ja-kulttuuri",
        "Voisiko kirjastossa olla kerran kuussa hiljainen ilta, jolloin musiikki ja kuulutukset ovat poissa?",
        6,
        "",
        "Hyvä ajatus. Kokeilemme hiljaista iltaa kevään aikana ja kerromme siitä kirjaston sivulla.",
        "Hiljainen ilta kirjastoon",
        waits=True,
    ),
    Piece(
        CaseKind.COMPLAINT,
        "kadut-ja-liikenne",
        "Pyörätie aurattiin vasta iltapäivällä, vaikka lunta satoi yöllä.",
        3,
        "Hangonväylän pyörätie",
        started=True,
    ),
    Piece(CaseKind.FAULT, "kadut-ja-liikenne", "Kadun reunassa on syvä kuoppa.", 1, "Munckinkatu, koulun kohta"),
    Piece(CaseKind.QUESTION, "osallistuminen", "Saako äänestyskoodin myös paperilla?", 1),
    Piece(CaseKind.FAULT, "puistot", "Keinun ketju on poikki.", 2, "Paavolan leikkipuisto"),
]


def build(demo: Demo) -> None:
    for order, (slug, (name, description, unit, place)) in enumerate(TOPICS.items(), start=1):
        Topic.objects.create(
            name=name, slug=slug, description=description, unit=demo.units[unit], place_rule=place, sort_order=order
        )
    for number, piece in enumerate(PIECES, start=1):
        _take_in(demo, piece, number)


def _take_in(demo: Demo, piece: Piece, number: int) -> None:
    arrived = demo.now - timedelta(days=piece.days, hours=number)
    receipt = submit_feedback(
        kind=piece.kind,
        topic=Topic.objects.get(slug=piece.topic),
        text=piece.text,
        form_key=f"demo-feedback-{number}",
        place=piece.place,
        email=f"palaute-{number}@example.com",
        wants_answer=True,
        consent_to_publish=bool(piece.public),
        now=arrived,
    )
    case = Case.objects.get(reference=receipt.reference)
    handler = demo.users["kasittelija" if piece.topic == "kadut-ja-liikenne" else "yllapito"]
    if piece.started or piece.answer:
        case = start_handling(user=handler, case=case, expected_version=case.version, now=arrived + timedelta(hours=3))
    if not piece.answer:
        return
    case, _message = answer_case(
        user=handler,
        case=case,
        expected_version=case.version,
        text=piece.answer,
        now=arrived + timedelta(days=1, hours=2),
    )
    copy = propose_publication(
        user=handler,
        case=case,
        expected_version=case.version,
        title=piece.public,
        question=piece.text,
        answer=piece.answer,
    )
    if not piece.waits:
        demo.approve(copy)
