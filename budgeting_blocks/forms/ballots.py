"""What a voter chose, as a form carries it: ticked items, or points beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from budgeting_blocks.domain.ballots import Choice

POINTS = "points-"
# What is typed as points and is none: refused by the ballot's rules, with the item's place known.
BAD_POINTS = -1
_POINTS_NAME = re.compile(rf"{POINTS}([0-9]{{1,18}})")


def read_choices(ticked: Iterable[str]) -> list[Choice]:
    """The ticked items; what is no number becomes item 0, which is on no ballot."""
    return [Choice(_number(text)) for text in ticked]


def read_points(data: Any) -> list[Choice]:
    """The items that were given points, from fields named `points-ID`; empty ones and noughts are no choice."""
    choices = []
    for name in data:
        if not name.startswith(POINTS):
            continue
        text = data[name].strip()
        if text.strip("0"):
            match = _POINTS_NAME.fullmatch(name)
            choices.append(Choice(int(match[1]) if match else 0, _number(text, BAD_POINTS, digits=5)))
    return choices


def _number(text: str, otherwise: int = 0, digits: int = 18) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else otherwise


class ChoicesWidget(forms.MultipleHiddenInput):
    """Reads both ways of choosing; the ballot's own template draws them."""

    by_points = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Choice]:
        if self.by_points:
            return read_points(data)
        return read_choices(data.getlist(name) if hasattr(data, "getlist") else data.get(name, ()))


class ChoicesField(forms.Field):
    """A list of `Choice`. Whether they are good is for the ballot's rules to say, so that each fault has its own message."""

    widget = ChoicesWidget

    def to_python(self, value: Any) -> list[Choice]:
        return list(value or ())
