"""A round's rules in plain words, for residents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting_blocks import choices
from budgeting_blocks.domain.freezing import Frozen, Rules
from budgeting_blocks.domain.rules import (
    BallotKind,
    BallotScope,
    Completion,
    CountRule,
    Leftover,
    TieRule,
    Utility,
    is_one_voter,
)
from budgeting_blocks.permissions.words import euros_text


class Line(NamedTuple):
    """One row of the rule sheet: what it is about, what holds, and where to read more."""

    label: str
    text: str
    url: str = ""


def rule_lines(frozen: Frozen) -> list[Line]:
    """The whole sheet, in the order in which a resident would ask."""
    rules = frozen.rules
    lines = [
        Line(_("Raha"), _money(frozen)),
        Line(_("Kuka saa äänestää"), _voters(rules)),
        Line(_("Miten äänioikeus osoitetaan"), _means(frozen)),
        Line(_("Miten äänestetään"), _ballot(rules)),
        Line(_("Miten äänet lasketaan"), _count(rules)),
        Line(_("Jos äänet menevät tasan"), _tie(rules)),
        Line(_("Jos rahaa jää"), _leftover(rules.leftover)),
        Line(_("Ylläpito"), _upkeep(rules)),
    ]
    if decision := decision_text(frozen.decision):
        lines.append(Line(_("Päätös"), decision, frozen.decision.get("url", "")))
    return lines


def _money(frozen: Frozen) -> str:
    if len(frozen.pots) == 1:
        return euros_text(frozen.budget)
    shares = ", ".join(f"{pot.name} {euros_text(pot.budget)}" for pot in frozen.pots)
    return _("%(all)s: %(shares)s") % {"all": euros_text(frozen.budget), "shares": shares}


def _voters(rules: Rules) -> str:
    if rules.residents_only and rules.min_age:
        return _("Kunnan asukkaat, jotka ovat täyttäneet %(age)d vuotta.") % {"age": rules.min_age}
    if rules.residents_only:
        return _("Kunnan asukkaat.")
    if rules.min_age:
        return _("Kaikki, jotka ovat täyttäneet %(age)d vuotta.") % {"age": rules.min_age}
    return _("Kaikki, jotka ovat saaneet äänioikeuden.")


def _means(frozen: Frozen) -> str:
    words = [
        f"{choices.MeansKind(kind).label} ({choices.Strength(strength).label})".lower()
        for kind, strength in frozen.means.items()
    ]
    text = (
        _("%(means)s. Suluissa on tunnistuksen vahvuus. Jokainen äänestää vain kerran.")
        if is_one_voter(frozen.means)
        else _(
            "%(means)s. Suluissa on tunnistuksen vahvuus. Kullakin koodilla, osoitteella tai henkilötunnuksella "
            "äänestetään kerran. Äänestä silti vain yhdellä tavalla: emme aina huomaa, jos sama ihminen äänestää usealla."
        )
    )
    listed = ", ".join(words)
    return text % {"means": listed[:1].upper() + listed[1:]}


def _ballot(rules: Rules) -> str:
    if rules.ballot_kind is BallotKind.KNAPSACK:
        text = _("Valitse niin monta ehdotusta kuin niiden hinnat mahtuvat rahaan.")
    elif rules.ballot_kind is BallotKind.APPROVAL:
        most = rules.max_choices or 0
        text = ngettext("Valitse yksi ehdotus.", "Valitse enintään %(most)d ehdotusta.", most) % {"most": most}
    else:
        text = _("Jaa enintään %(points)d pistettä ehdotuksille.") % {"points": rules.max_points}
        if rules.max_points_per_item:
            text += " " + _("Yhdelle enintään %(points)d.") % {"points": rules.max_points_per_item}
    if rules.min_choices > 1:
        text += " " + _("Valitse vähintään %(least)d.") % {"least": rules.min_choices}
    scopes = {
        BallotScope.ACROSS: "",
        BallotScope.EACH: _("Rajat koskevat jokaista osuutta erikseen."),
        BallotScope.ONE: _("Valitse yksi osuus, jossa äänestät."),
    }
    return f"{text} {scopes[rules.ballot_scope]}".strip()


def _count(rules: Rules) -> str:
    words = {
        CountRule.GREEDY: _(
            "Eniten ääniä saaneet ensin niin kauan kuin rahaa riittää. Jos ehdotus ei mahdu rahaan, se ohitetaan."
        ),
        CountRule.GREEDY_STOP: _("Eniten ääniä saaneet ensin, kunnes seuraava ei enää mahdu rahaan."),
        CountRule.EQUAL_SHARES: _(
            "Tasaosuudet: raha jaetaan tasan äänestäjien kesken, ja ehdotus toteutuu, kun sen äänestäjien osuudet riittävät."
        ),
    }
    text = words[rules.count_rule]
    if rules.count_rule is CountRule.EQUAL_SHARES:
        text += " " + _equal_shares(rules)
    if rules.threshold:
        text += " " + _("Ehdotus tarvitsee vähintään %(votes)d ääntä.") % {"votes": rules.threshold}
    return text


def _equal_shares(rules: Rules) -> str:
    aims = {
        Utility.COST: _("Ehdotuksista valitaan ensin se, jossa äänestäjä saa osuudelleen eniten vastinetta."),
        Utility.CARDINALITY: _("Ehdotuksista valitaan ensin se, joka on äänestäjälleen halvin."),
    }
    rest = {
        Completion.NONE: _("Jäljelle jäävää rahaa ei jaeta."),
        Completion.GREEDY: _("Jäljelle jäävä raha jaetaan äänimäärän mukaan."),
        Completion.ADD1: _("Osuuksia korotetaan %(step)s kerrallaan, kunnes raha riittää tarkimmin."),
        Completion.ADD1_GREEDY: _(
            "Osuuksia korotetaan %(step)s kerrallaan, kunnes raha riittää tarkimmin, ja loput jaetaan äänimäärän mukaan."
        ),
    }
    return f"{aims[rules.utility]} {rest[rules.completion]}" % {"step": euros_text(rules.increment)}


def _tie(rules: Rules) -> str:
    words = {
        TieRule.CHEAPER: _("Halvempi ehdotus ensin."),
        TieRule.MORE_VOTES: _("Enemmän ääniä saanut ensin, sitten halvempi."),
        TieRule.LOT: _("Arpa. Arvan siemen on lukittu etukäteen: sen tiiviste on %(hash)s."),
    }
    return words[rules.tie_rule] % {"hash": rules.lot_commitment or "–"}


def _leftover(leftover: Leftover) -> str:
    return {
        Leftover.RETURNS: _("Se palaa kaupungille."),
        Leftover.NEXT_ROUND: _("Se siirtyy seuraavalle kierrokselle."),
        Leftover.PASSED_ON: _("Se siirtyy seuraavaan osuuteen."),
    }[leftover]


def _upkeep(rules: Rules) -> str:
    if not rules.counts_upkeep:
        return _("Ylläpidon kuluja ei lasketa hintaan.")
    years = rules.upkeep_years
    return ngettext(
        "Hintaan lasketaan %(years)d vuoden ylläpito.", "Hintaan lasketaan %(years)d vuoden ylläpito.", years
    ) % {"years": years}


def decision_text(decision: Mapping[str, str]) -> str:
    """Who decided, when and in which section: ”Kaupunginhallitus 1.11.2026, § 12”. Empty when nobody has."""
    day = decision.get("date", "")
    written = formats.date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT") if day else ""
    section = decision.get("section", "").strip().removeprefix("§").strip()
    begun = " ".join(part for part in (decision.get("body", ""), written) if part)
    return ", ".join(part for part in (begun, f"§\N{NO-BREAK SPACE}{section}" if section else "") if part)
