"""The means of identification in a voter's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from budgeting_blocks import choices
from budgeting_blocks.domain.rules import MeansKind, Strength
from budgeting_blocks.models import Round
from budgeting_blocks.selectors.rules import rules_in_force

_ORDER = (MeansKind.OIDC, MeansKind.CODE, MeansKind.MAIL, MeansKind.DESK, MeansKind.CLASS, MeansKind.PAPER)


@dataclass(frozen=True, slots=True)
class OfferedMeans:
    """One means in a voter's words."""

    kind: MeansKind
    name: str
    text: str
    strength: str
    strength_text: str
    tone: str


def means_offered(round: Round) -> list[OfferedMeans]:
    """The means of the round: first what one can use at once, then what takes somebody else."""
    offered = sorted(rules_in_force(round).means.items(), key=lambda pair: _ORDER.index(pair[0]))
    return [
        OfferedMeans(
            kind=kind,
            name=str(choices.MeansKind(kind.value).label),
            text=_means_text(kind),
            strength=str(choices.Strength(strength.value).label),
            strength_text=_strength_text(strength),
            tone={Strength.WEAK: "warning", Strength.MEDIUM: "info", Strength.STRONG: "success"}[strength],
        )
        for kind, strength in offered
        if kind is not MeansKind.OIDC or settings.OIDC_ISSUER
    ]


def _means_text(kind: MeansKind) -> str:
    return {
        MeansKind.CODE: _("Koodi tulee kirjeessä tai sen saa kaupungin palvelupisteestä."),
        MeansKind.MAIL: _("Lähetämme sähköpostiisi koodin, jolla voi äänestää yhden kerran."),
        MeansKind.OIDC: _("Tunnistaudut pankkitunnuksilla, varmennekortilla tai mobiilivarmenteella."),
        MeansKind.CLASS: _("Opettaja avaa luokan äänestyksen ja antaa jokaiselle oppilaalle koodin."),
        MeansKind.DESK: _("Palvelupisteessä todistat henkilöllisyytesi ja saat koodin. Saat myös apua äänestämiseen."),
        MeansKind.PAPER: _("Voit äänestää myös paperilla niissä paikoissa, jotka kaupunki ilmoittaa."),
    }[kind]


def _strength_text(strength: Strength) -> str:
    return {
        Strength.WEAK: _("Emme tiedä, kuka äänestää. Samalla osoitteella tai koodilla voi äänestää vain kerran."),
        Strength.MEDIUM: _("Koodin tai lipun saavat vain ne, joilla on äänioikeus."),
        Strength.STRONG: _("Henkilöllisyys on todettu."),
    }[strength]
