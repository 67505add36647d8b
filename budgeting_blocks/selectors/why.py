"""The count in words: by which rule, round by round, and why each item won or lost.

Everything here is worked out from the count log (`domain.countlog`) in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting_blocks.choices import MeansKind, Outcome, TieRule, VoidReason
from budgeting_blocks.domain.counting import Money
from budgeting_blocks.domain.rules import Add1Stop, Completion, CountRule, Leftover, Utility
from budgeting_blocks.models import ResultLine, RoundResult
from budgeting_blocks.permissions.words import euros_text

Words = Mapping[str, Any]

# Those that lost for want of money when their turn came.
DECIDED_BY_MONEY = frozenset({Outcome.DOES_NOT_FIT, Outcome.STOPPED, Outcome.OUT_OF_MONEY})
# So many of the earlier winners are named: a long ballot would else be told once for each of its items.
MOST_NAMED = 6


def rule_sentences(log: Words) -> list[str]:
    """The rule of the count in plain words, nothing where the count was made elsewhere."""
    if not log:
        return []
    rules = log["rules"]
    sentences = [_rule_sentence(rules), *_equal_shares_sentences(rules)]
    if rules["threshold"]:
        sentences.append(_("Ehdotus tarvitsi vähintään %(threshold)d ääntä.") % {"threshold": rules["threshold"]})
    sentences.append(tie_sentence(rules["tie_rule"]))
    if rules["counts_upkeep"]:
        sentences.append(
            ngettext(
                "Hintaan laskettiin mukaan ylläpito %(years)d vuodelta.",
                "Hintaan laskettiin mukaan ylläpito %(years)d vuodelta.",
                rules["upkeep_years"],
            )
            % {"years": rules["upkeep_years"]}
        )
    if rules["leftover"] == Leftover.PASSED_ON and len(log["pots"]) > 1:
        sentences.append(_("Osuudelta jäänyt raha siirtyi seuraavaan osuuteen."))
    return sentences


def tie_sentence(tie_rule: str) -> str:
    """Who goes first among equals."""
    return {
        TieRule.CHEAPER: _("Jos äänet menivät tasan, halvempi ehdotus tuli ensin."),
        TieRule.MORE_VOTES: _("Jos tilanne oli muuten tasan, enemmän ääniä saanut ehdotus tuli ensin."),
        TieRule.LOT: _("Tasatilanteen ratkaisi arpa, jonka siemenluku oli sidottu etukäteen."),
    }[TieRule(tie_rule)]


def _rule_sentence(rules: Words) -> str:
    return {
        CountRule.GREEDY: _(
            "Eniten ääniä saanut ehdotus rahoitettiin ensin. Ehdotus, joka ei mahtunut jäljellä olevaan rahaan, ohitettiin."
        ),
        CountRule.GREEDY_STOP: _(
            "Eniten ääniä saanut ehdotus rahoitettiin ensin. Laskenta päättyi ensimmäiseen ehdotukseen, joka ei mahtunut "
            "jäljellä olevaan rahaan."
        ),
        CountRule.EQUAL_SHARES: _(
            "Raha jaettiin ensin tasan äänestäjille. Ehdotus rahoitettiin, kun sen kannattajien osuudet riittivät siihen "
            "yhdessä, ja he maksoivat siitä niin tasan kuin voivat."
        ),
    }[CountRule(rules["count_rule"])]


def _equal_shares_sentences(rules: Words) -> Iterator[str]:
    if rules["count_rule"] != CountRule.EQUAL_SHARES:
        return
    yield {
        Utility.COST: _(
            "Ensin valittiin ehdotus, josta kannattajat saivat eniten rahansa vastineeksi hinnalla mitattuna."
        ),
        Utility.CARDINALITY: _("Ensin valittiin ehdotus, joka maksoi yhdelle kannattajalle vähiten."),
    }[Utility(rules["utility"])]
    completion = Completion(rules["completion"])
    if completion in (Completion.ADD1, Completion.ADD1_GREEDY):
        stop = {
            Add1Stop.OVERSPEND: _("kunnes raha olisi ylittynyt"),
            Add1Stop.EXHAUSTED: _("kunnes mikään ei enää mahtunut rahaan tai raha olisi ylittynyt"),
        }[Add1Stop(rules["add1_stop"])]
        yield _("Jotta rahaa ei jäisi, jokaisen osuutta korotettiin %(increment)s kerrallaan, %(stop)s.") % {
            "increment": euros_text(rules["increment"]),
            "stop": stop,
        }
    if completion in (Completion.GREEDY, Completion.ADD1_GREEDY):
        yield _("Jäljelle jäänyt raha annettiin eniten ääniä saaneille, jotka siihen mahtuivat.")


def step_sentences(pot: Words, titles: Mapping[int, str]) -> Iterator[str]:
    """One pot's count, round by round, and what the money was not enough for."""
    if pot["share"]:
        yield _("Jokaisen äänestäjän osuus oli %(share)s. Äänestäjiä oli %(voters)d.") % {
            "share": money_text(pot["share"]),
            "voters": pot["voters"],
        }
    for number, step in enumerate(pot["steps"], start=1):
        values = {
            "number": number,
            "title": titles.get(step["item"], str(step["item"])),
            "votes": step["votes"],
            "cost": euros_text(step["cost"]),
            "left": euros_text(step["left"]),
        }
        if step["price"] is None:
            yield _("%(title)s: %(votes)d ääntä, %(cost)s. Rahaa jäi %(left)s.") % values
        else:
            values["effective"] = number_text(step["effective_votes"] or "0")
            start = _("%(title)s: %(cost)s, vaikuttavia ääniä %(effective)s.") % values
            yield f"{start} {_payers(step)} {_('Rahaa jäi %(left)s.') % values}"


def _payers(step: Words) -> str:
    """Who paid a round's choice by equal shares."""
    values = {"price": money_text(step["price"]), "full": step["paid_full"], "rest": step["paid_rest"]}
    if not step["paid_rest"]:
        return _("Jokainen kannattaja maksoi %(price)s.") % values
    return _("Kannattajista %(full)d maksoi %(price)s ja %(rest)d sen, mitä osuudesta oli jäljellä.") % values


def course_sentences(item: Words, pot: Words, titles: Mapping[int, str]) -> Iterator[str]:
    """The count as one item of the log met it: what was funded before its turn, and its own round."""
    steps, own = pot["steps"], item["why"].get("step")
    if own:
        before = steps[: own - 1]
    elif item["reason"] in DECIDED_BY_MONEY:
        before = [step for step in steps if step["left"] >= Fraction(item["why"]["left"])]
    else:
        return
    if before:
        names = [f"{titles.get(step['item'], step['item'])} ({euros_text(step['cost'])})" for step in before]
        values = {"number": len(before), "names": ", ".join(names[:MOST_NAMED]), "more": len(names) - MOST_NAMED}
        if len(names) > MOST_NAMED:
            yield _("Ennen sitä rahoitettiin %(number)d ehdotusta: %(names)s ja %(more)d muuta.") % values
        else:
            yield _("Ennen sitä rahoitettiin: %(names)s.") % values
    if own:
        step = steps[own - 1]
        values = {"number": own, "left": euros_text(step["left"])}
        yield _("Valittiin laskennan kierroksella %(number)d.") % values
        if step["price"]:
            yield _payers(step)
        yield _("Rahaa jäi %(left)s.") % values


def why_sentence(line: ResultLine, titles: Mapping[int, str], log: Words) -> str:
    """Why this item won or lost. Empty where the count is not known."""
    if not line.why:
        return ""
    return why_text(line.outcome, line.why, line.votes or 0, line.cost or 0, titles, log["rules"])


def why_text(outcome: str, why: Words, votes: Money, cost: Money, titles: Mapping[Any, str], rules: Words) -> str:
    """Why an item won or lost, in a sentence or two, from the figures of `domain.countlog`. `rules`: threshold, tie_rule."""
    values: dict[str, Any] = {
        "votes": number_text(votes),
        "cost": money_text(cost),
        "left": money_text(why["left"]),
        "place": why["place"],
        "threshold": number_text(rules["threshold"]),
        "price": money_text(why.get("price") or 0),
        "had": money_text(why.get("had") or 0),
    }
    sentence = {
        Outcome.NO_VOTES: _("Kukaan ei äänestänyt ehdotusta."),
        Outcome.BELOW_THRESHOLD: _("Sai %(votes)s ääntä, ja vähintään %(threshold)s olisi tarvittu."),
        Outcome.OVER_BUDGET: _("Maksaa %(cost)s, ja rahaa oli alun perin %(left)s."),
        Outcome.DOES_NOT_FIT: _("Äänissä sijalla %(place)d. Rahaa oli jäljellä %(left)s, ja ehdotus maksaa %(cost)s."),
        Outcome.STOPPED: _(
            "Äänissä sijalla %(place)d. Ennen sitä tuli ehdotus, johon raha ei riittänyt, ja laskenta päättyi."
        ),
        Outcome.OUT_OF_MONEY: _("Kannattajilla oli yhdessä jäljellä %(had)s, ja ehdotus maksaa %(cost)s."),
        Outcome.COMPLETED: _("Mahtui jäljelle jääneeseen rahaan, jota oli %(left)s."),
        Outcome.SELECTED: _("Äänissä sijalla %(place)d. Rahaa oli jäljellä %(left)s, ja ehdotus mahtui siihen."),
    }[Outcome(outcome)]
    if "price" in why:
        sentence = _("Kannattajat saivat rahan kokoon: kukin maksoi enintään %(price)s.")
    elif outcome == Outcome.DOES_NOT_FIT and rules.get("count_rule") == CountRule.EQUAL_SHARES:
        sentence = _(
            "Äänissä sijalla %(place)d, mutta kannattajien osuudet eivät riittäneet. Kun jäljelle jäänyt raha annettiin "
            "eniten ääniä saaneille, sitä oli %(left)s, ja ehdotus maksaa %(cost)s."
        )
    text = sentence % values
    if equals := why.get("equals"):
        names = ", ".join(titles.get(item, str(item)) for item in equals)
        tie = _("Tasan tämän kanssa: %(names)s.") % {"names": names}
        text = f"{text} {tie} {tie_sentence(rules['tie_rule'])}"
    return text


def void_rows(result: RoundResult) -> list[tuple[str, int]]:
    """The void ballots by channel and reason, in words."""
    rows = []
    for channel, reason, number in result.voided:
        name = MeansKind(channel).label if channel else _("Sähköinen lippu")
        rows.append((f"{name}, {str(VoidReason(reason).label).lower()}", number))
    return rows


def number_text(number: Money | str) -> str:
    """A number as residents read it; parts to two places, never rounded up, so that what was too little for an item is not
    shown as its price."""
    exact = Fraction(number)
    decimals = 0 if exact.denominator == 1 else 2
    unit = 10**decimals
    return formats.number_format(Decimal(int(exact * unit)) / unit, decimals, use_l10n=True, force_grouping=True)


def money_text(amount: Money | str) -> str:
    """Euros, with cents where there are some."""
    return number_text(amount) + "\N{NO-BREAK SPACE}€"
