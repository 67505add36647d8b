"""A published result as its page shows it, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from budgeting_blocks.choices import AgeBand, MeansKind
from budgeting_blocks.domain.bars import shares
from budgeting_blocks.models import ResultLine, Round, RoundResult
from budgeting_blocks.selectors.voting import published_result, result_lines
from budgeting_blocks.selectors.why import rule_sentences, step_sentences, void_rows, why_sentence


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart. `value` None: hidden or not known; `label` is shortened, since pictures do not wrap."""

    label: str
    value: int | None
    length: str
    y: int

    @property
    def text_y(self) -> int:
        return self.y + 16

    @property
    def bar_y(self) -> int:
        return self.y + 24


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars, each with its label above it."""

    bars: tuple[Bar, ...]

    @classmethod
    def of(cls, rows: list[tuple[str, int | None]]) -> Chart:
        lengths = shares([value for _label, value in rows])
        return cls(
            tuple(
                Bar(label if len(label) <= 34 else f"{label[:33].rstrip()}…", value, length, number * ROW)
                for number, ((label, value), length) in enumerate(zip(rows, lengths, strict=True))
            )
        )

    @property
    def height(self) -> int:
        return len(self.bars) * ROW


ROW = 52


@dataclass(frozen=True, slots=True)
class TurnoutTable:
    """Voters by one thing. `hides`: some rows are left out because they are small."""

    key: str
    title: str
    rows: tuple[tuple[str, int | None], ...]

    @property
    def hides(self) -> bool:
        return any(voters is None for _label, voters in self.rows)

    @property
    def chart(self) -> Chart:
        return Chart.of(list(self.rows))


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line of the result and why it won or lost, in a sentence or two; "" where that is not known."""

    line: ResultLine
    why: str


@dataclass(frozen=True, slots=True)
class PotLines:
    """One pot of money: what stood on its ballot, in the order of the result."""

    name: str
    budget: int
    received: int
    rows: tuple[ToldLine, ...]
    steps: tuple[str, ...]

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
    def chart(self) -> Chart | None:
        """The votes, where they are known of all."""
        if not self.rows or any(row.line.votes is None for row in self.rows):
            return None
        return Chart.of([(row.line.proposal.title, row.line.votes) for row in self.rows])


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

    def is_out(self, now: datetime) -> bool:
        """Whether it was public at that moment: a preview may look back."""
        return self.result.published_at is not None and self.result.published_at <= now

    @property
    def has_package(self) -> bool:
        """Whether the count was made here, so that it can be made again from the round's package."""
        return bool(self.result.log)

    @cached_property
    def budget(self) -> int:
        pots: list[dict[str, Any]] = self.result.log.get("pots", [])
        return sum(pot["budget"] for pot in pots) if pots else self.round.budget

    @property
    def winners(self) -> list[ResultLine]:
        return [line for line in self.lines if line.funded]

    @cached_property
    def pots(self) -> list[PotLines]:
        """In the order of the count; a result that was counted elsewhere is one pot."""
        titles = {line.proposal_id: line.proposal.title for line in self.lines}
        told = {line.proposal_id: ToldLine(line, why_sentence(line, titles, self.result.log)) for line in self.lines}
        counted: list[dict[str, Any]] = self.result.log.get("pots", [])
        if not counted:
            return [PotLines(self.round.title, self.round.budget, 0, tuple(told.values()), ())]
        return [
            PotLines(
                pot["name"],
                pot["budget"],
                pot["received"],
                tuple(told[item["item"]] for item in pot["items"]),
                tuple(step_sentences(pot, titles)),
            )
            for pot in counted
        ]

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
            named = tuple((str(words[key].get(name, name)) or _("ei tiedossa"), voters) for name, voters in rows)
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
    return ShownResult(round, result, tuple(result_lines(result).select_related("proposal__delivery")))
