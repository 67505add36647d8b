"""Why an item won or lost, in words for residents."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils import formats
from django.utils.translation import gettext as _

from budgeting_blocks.domain.counting import Money, Outcome, Reason


def explain(outcome: Outcome) -> str:
    """One or two plain sentences with the numbers that decided."""
    texts = {
        Reason.SELECTED: _("Valittiin %(step)s. kierroksella. Ääniä %(votes)s, hinta %(cost)s."),
        Reason.COMPLETED: _(
            "Valittiin %(step)s. kierroksella jäljelle jääneellä rahalla äänimäärän mukaan. "
            "Ääniä %(votes)s, hinta %(cost)s."
        ),
        Reason.NO_VOTES: _("Ei saanut ääniä."),
        Reason.BELOW_THRESHOLD: _("Jäi alle äänikynnyksen: ääniä %(votes)s, vaadittiin %(needed)s."),
        Reason.OVER_BUDGET: _("Maksaa enemmän kuin koko määräraha: hinta %(cost)s, määräraha %(left)s."),
        Reason.DOES_NOT_FIT: _("Raha ei riittänyt: hinta %(cost)s, rahaa oli jäljellä %(left)s."),
        Reason.STOPPED: _("Laskenta päättyi ennen tätä ehdotukseen, johon raha ei riittänyt. Ääniä %(votes)s."),
        Reason.OUT_OF_MONEY: _("Kannattajien osuudet eivät riittäneet: hinta %(cost)s, heillä oli jäljellä %(had)s."),
    }
    if outcome.reason == Reason.SELECTED and outcome.price is not None:
        text = _(
            "Valittiin %(step)s. kierroksella. Ääniä %(votes)s, hinta %(cost)s. "
            "Kukin kannattaja maksoi enintään %(price)s."
        )
    else:
        text = texts[outcome.reason]
    return text % {
        "step": outcome.step,
        "votes": number_text(outcome.votes),
        "needed": number_text(outcome.needed or 0),
        "cost": money_text(outcome.cost),
        "left": money_text(outcome.left or 0),
        "had": money_text(outcome.had or 0),
        "price": money_text(outcome.price or 0),
    }


def number_text(number: Money) -> str:
    """A number of votes or points as residents read it; parts of points to two places."""
    decimals = 0 if Fraction(number).denominator == 1 else 2
    return formats.number_format(_rounded_down(number, decimals), decimals, use_l10n=True, force_grouping=True)


def money_text(amount: Money) -> str:
    """Euros as residents read them, with cents where there are some; never rounded up, so that what was too little for
    an item is not shown as its price."""
    return number_text(amount) + "\N{NO-BREAK SPACE}€"


def _rounded_down(number: Money, decimals: int) -> Decimal:
    unit = 10**decimals
    return Decimal(int(number * unit)) / unit
