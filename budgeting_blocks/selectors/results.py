"""A published result as its page shows it, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from budgeting_blocks.choices import AgeBand, MeansKind
from budgeting_blocks.domain.bars import shares, stack
from budgeting_blocks.domain.folding import sort_key
from budgeting_blocks.domain.rules import Leftover
from budgeting_blocks.models import Delivery, ResultLine, Round, RoundResult
from budgeting_blocks.selectors.delivery import newest_photos
from budgeting_blocks.selectors.voting import published_result, result_lines
from budgeting_blocks.selectors.why import course_sentences, rule_sentences, step_sentences, void_rows, why_sentence
from cms.images.models import CityImage

# Shorter lists are read at a glance: nothing to sort or narrow.
LONG_LIST = 8


@dataclass(frozen=True, slots=True)
class TurnoutRow:
    """`voters` None: hidden. `length`: of its bar, as an SVG length."""

    label: str
    voters: int | None
    length: str


@dataclass(frozen=True, slots=True)
class TurnoutTable:
    """Voters by one thing. `hides`: some rows are left out because they are small."""

    key: str
    title: str
    rows: tuple[TurnoutRow, ...]

    @property
    def hides(self) -> bool:
        return any(row.voters is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line of the result and why it won or lost: in a sentence or two, and as the count met it; nothing where that is not
    known. `length`: of the bar of its votes, as an SVG length."""

    line: ResultLine
    why: str
    course: tuple[str, ...] = ()
    length: str = "0%"


@dataclass(frozen=True, slots=True)
class Winner:
    """A funded proposal with the project that it became, and the newest photo of that."""

    line: ResultLine
    delivery: Delivery | None
    photo: CityImage | None

    @property
    def url(self) -> str:
        """The project's page, else the proposal's; "" when neither is public."""
        if not self.line.proposal.live:
            return ""
        return (self.delivery or self.line.proposal).get_absolute_url()


@dataclass(frozen=True, slots=True)
class PotLines:
    """One pot of money: what stood on its ballot, in the order of the result. `passes_on`: what is left goes to the next."""

    name: str
    budget: int
    received: int
    rows: tuple[ToldLine, ...]
    steps: tuple[str, ...]
    passes_on: bool = False

    @property
    def spent(self) -> int | None:
        """None when the cost of something funded is not known."""
        return _sum(row.line for row in self.rows)

    @property
    def money(self) -> int:
        return self.budget + self.received

    @property
    def left(self) -> int | None:
        return None if self.spent is None else self.money - self.spent

    @property
    def segments(self) -> list[tuple[str, str]]:
        """Where each winner's piece of the money begins and how long it is, as SVG lengths."""
        return stack([row.line.cost or 0 for row in self.rows if row.line.funded], self.money)


@dataclass(frozen=True, slots=True)
class Listing:
    """How a reader wants the list of all items: which of them, in what order. What makes no sense is the whole result."""

    shown: str = ""
    order: str = ""

    @classmethod
    def of(cls, params: Mapping[str, str]) -> Listing:
        shown, order = params.get("nayta", ""), params.get("jarjesta", "")
        return cls(shown if shown in ("kylla", "ei") else "", order if order in ("aanet", "hinta", "nimi") else "")

    @property
    def is_plain(self) -> bool:
        return not (self.shown or self.order)

    def rows(self, pot: PotLines) -> list[ToldLine]:
        """The pot's items as wanted; what is not known comes last."""
        rows = [row for row in pot.rows if not self.shown or row.line.funded == (self.shown == "kylla")]
        if self.order == "aanet":
            rows.sort(key=lambda row: (row.line.votes is None, -(row.line.votes or 0)))
        elif self.order == "hinta":
            rows.sort(key=lambda row: (row.line.cost is None, row.line.cost or 0))
        elif self.order == "nimi":
            rows.sort(key=lambda row: sort_key(row.line.proposal.title))
        return rows


@dataclass(frozen=True)
class ShownResult:
    """Everything of a published result. Only `published` makes one."""

    round: Round
    result: RoundResult
    lines: tuple[ResultLine, ...]

    @property
    def spent(self) -> int | None:
        """None when the cost of something funded is not known."""
        return _sum(self.lines)

    @property
    def left(self) -> int | None:
        return None if self.spent is None else self.budget - self.spent

    @property
    def votes(self) -> int | None:
        """All votes, or points, together; None where those of some item are not known."""
        each = [line.votes for line in self.lines]
        return None if None in each else sum(number or 0 for number in each)

    @property
    def turnout_percent(self) -> str:
        """Voters of those who might have voted, as text; "" where either is not known."""
        if not self.result.voters or not self.result.eligible:
            return ""
        return formats.number_format(100 * self.result.voters / self.result.eligible, 1)

    def is_out(self, now: datetime) -> bool:
        """Whether it was public at that moment: a preview may look back."""
        return self.result.published_at is not None and self.result.published_at <= now

    @property
    def has_package(self) -> bool:
        """Whether the count was made here, so that it can be made again from the round's package."""
        return bool(self.result.log)

    @property
    def counted(self) -> list[dict[str, Any]]:
        """What the count's log says of each pot, in its order; nothing where the count was made elsewhere."""
        pots: list[dict[str, Any]] = self.result.log.get("pots", [])
        return pots

    @property
    def is_split(self) -> bool:
        """Whether the money lay in several pots."""
        return len(self.counted) > 1

    @cached_property
    def budget(self) -> int:
        return sum(pot["budget"] for pot in self.counted) if self.counted else self.round.budget

    @cached_property
    def winners(self) -> list[Winner]:
        """In the order of the result. Two queries, however many there are."""
        funded = [(line, getattr(line.proposal, "delivery", None)) for line in self.lines if line.funded]
        photos = newest_photos([delivery.pk for _line, delivery in funded if delivery])
        return [Winner(line, delivery, photos.get(delivery.pk) if delivery else None) for line, delivery in funded]

    @property
    def is_long(self) -> bool:
        """Whether there is enough to sort and narrow."""
        return len(self.lines) > LONG_LIST

    @cached_property
    def pots(self) -> list[PotLines]:
        """In the order of the count; a result that was counted elsewhere is one pot."""
        titles = {line.proposal_id: line.proposal.title for line in self.lines}
        lengths = dict(zip(self.lines, shares([line.votes for line in self.lines]), strict=True))
        by_item = {line.proposal_id: line for line in self.lines}
        if not (counted := self.counted):
            rows = tuple(ToldLine(line, "", length=lengths[line]) for line in self.lines)
            return [PotLines(self.round.title, self.round.budget, 0, rows, ())]
        passes = self.result.log["rules"]["leftover"] == Leftover.PASSED_ON

        def tell(item: dict[str, Any], pot: dict[str, Any]) -> ToldLine:
            line = by_item[item["item"]]
            course = tuple(course_sentences(item, pot, titles))
            return ToldLine(line, why_sentence(line, titles, self.result.log), course, lengths[line])

        return [
            PotLines(
                pot["name"],
                pot["budget"],
                pot["received"],
                tuple(tell(item, pot) for item in pot["items"]),
                tuple(step_sentences(pot, titles)),
                passes_on=passes and pot is not counted[-1],
            )
            for pot in counted
        ]

    @property
    def leftover(self) -> str:
        """What happens to the money that nothing took; "" where there is none, or nobody knows."""
        if not self.left or not self.result.log:
            return ""
        if self.result.log["rules"]["leftover"] == Leftover.NEXT_ROUND:
            return _("Jäljelle jäänyt raha siirtyy seuraavalle kierrokselle.")
        return _("Jäljelle jäänyt raha palaa kaupungille.")

    @property
    def rule(self) -> list[str]:
        """How the votes were counted, a sentence each."""
        return rule_sentences(self.result.log)

    @property
    def voided(self) -> list[tuple[str, int]]:
        """The void ballots by channel and reason, where that is known."""
        return void_rows(self.result)

    @property
    def is_points(self) -> bool:
        return bool(self.result.log.get("rules", {}).get("ballot_kind") == "points")

    @property
    def turnout(self) -> list[TurnoutTable]:
        """The tables that say something: more than one group."""
        words = {"means": dict(MeansKind.choices), "age_band": dict(AgeBand.choices), "area": {}}
        titles = {"means": _("Äänestystapa"), "area": _("Alue"), "age_band": _("Ikäryhmä")}
        tables = []
        for key, title in titles.items():
            rows = self.result.turnout.get(key, [])
            lengths = shares([voters for _name, voters in rows])
            named = tuple(
                TurnoutRow(str(words[key].get(name, name)) or _("ei tiedossa"), voters, length)
                for (name, voters), length in zip(rows, lengths, strict=True)
            )
            if len(named) > 1:
                tables.append(TurnoutTable(key, title, named))
        return tables


def _sum(lines: Iterable[ResultLine]) -> int | None:
    costs = [line.cost for line in lines if line.funded]
    return None if None in costs else sum(cost or 0 for cost in costs)


def shown_result(round: Round) -> ShownResult | None:
    """The round's result when it has been published, else None. Two queries."""
    result = published_result(round)
    if result is None:
        return None
    lines = result_lines(result).select_related("proposal__delivery__unit", "proposal__area", "proposal__photo")
    return ShownResult(round, result, tuple(lines))
