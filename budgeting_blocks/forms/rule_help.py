"""How the rule sheet's form is laid out: headings, help, and which fields matter when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.common.datehints import DAY

# None stands for the means of identification.
GROUPS: list[tuple[object, list[str] | None]] = [
    (
        _("Miten äänestetään"),
        ["ballot_kind", "max_choices", "max_points", "max_points_per_item", "min_choices", "ballot_scope"],
    ),
    (_("Kuka saa äänestää"), ["min_age", "residents_only"]),
    (_("Miten äänioikeus osoitetaan"), None),
    (
        _("Miten äänet lasketaan"),
        ["count_rule", "utility", "completion", "add1_stop", "increment", "threshold", "tie_rule"],
    ),
    (_("Raha"), ["leftover", "counts_upkeep", "upkeep_years"]),
    (_("Päätös sääntöjen takana"), ["decision_body", "decision_date", "decision_section", "decision_url"]),
]

HELP = {
    "ballot_kind": _("Mitä äänestäjä tekee äänestyslipulla."),
    "max_choices": _("Vain kun valitaan enintään tietty määrä ehdotuksia."),
    "max_points": _("Vain pisteiden jaossa: montako pistettä kullakin on."),
    "max_points_per_item": _("Vain pisteiden jaossa. Tyhjä: kaikki pisteet saa antaa yhdelle."),
    "min_choices": _("Näin monta on valittava, jotta äänen voi antaa."),
    "ballot_scope": _("Vain kun raha on jaettu osuuksiin."),
    "min_age": _("Vuosina. Tyhjä: ei alaikärajaa."),
    "residents_only": _("Kotikunta tarkistetaan, kun tunnistustapa kertoo sen."),
    "count_rule": _("Miten äänistä saadaan toteutettavat ehdotukset."),
    "utility": _("Vain tasaosuuksissa: miten mitataan, paljonko ehdotus antaa äänestäjälleen."),
    "completion": _("Vain tasaosuuksissa: mitä tehdään rahalle, jota osuudet eivät riitä käyttämään."),
    "add1_stop": _("Vain kun osuuksia korotetaan: milloin korottaminen lopetetaan."),
    "increment": _("Vain kun osuuksia korotetaan: paljonko kunkin äänestäjän osuus kasvaa kerralla."),
    "threshold": _("Ehdotus tarvitsee vähintään näin monta ääntä. Nolla: ei kynnystä."),
    "tie_rule": _("Kumpi valitaan, jos kaksi ehdotusta on yhtä hyviä."),
    "leftover": _("Minne menee raha, jota mikään ehdotus ei saa."),
    "counts_upkeep": _("Ehdotuksen hintaan lisätään sen vuosittainen ylläpito."),
    "upkeep_years": _("Vain kun ylläpito lasketaan: monenko vuoden ylläpito lisätään."),
    "decision_body": _("Esimerkiksi ”Kaupunginhallitus”."),
    "decision_date": DAY,
    "decision_section": _("Esimerkiksi ”§ 123”."),
    "decision_url": _("Päätöksen osoite kaupungin verkkosivuilla."),
}

# By field: another field, and those of its values with which the field has an effect; ”on” is a ticked box.
_RAISED = ("completion", "add1 add1-greedy")
NEEDED_WHEN: dict[str, tuple[str, str]] = {
    "max_choices": ("ballot_kind", "approval"),
    "max_points": ("ballot_kind", "points"),
    "max_points_per_item": ("ballot_kind", "points"),
    "utility": ("count_rule", "equal-shares"),
    "completion": ("count_rule", "equal-shares"),
    "add1_stop": _RAISED,
    "increment": _RAISED,
    "upkeep_years": ("counts_upkeep", "on"),
}
