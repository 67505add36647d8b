"""Proposals that a visitor has put aside. The list lives in the visitor's browser and in addresses, never here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from budgeting_blocks.models import Proposal, Round

# Carries the numbers in forms and in the address of every page that leads on from the shortlist.
PICKED = "ids"
MAX_ITEMS = 40
_MAX_TEXT = 500
_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Public proposals of one round in the order in which they were asked for."""

    proposals: list[Proposal]

    @property
    def ids(self) -> str:
        """As it stands in an address."""
        return joined(proposal.pk for proposal in self.proposals)

    @property
    def cost(self) -> int:
        """Euros, of those that have a cost."""
        return sum(proposal.assessment.cost or 0 for proposal in self.proposals)


def joined(ids: Iterable[int]) -> str:
    return "-".join(str(pk) for pk in ids)


def parse_ids(values: Iterable[str]) -> list[int]:
    """The numbers in ”3-1-20” or in several such texts, each once, the first forty of them; anything else is passed over."""
    text = "-".join(values)[:_MAX_TEXT]
    return list(dict.fromkeys(int(number) for number in _NUMBER.findall(text)))[:MAX_ITEMS]


def shortlist(round: Round, ids: list[int]) -> Shortlist:
    """Those that are public in this round; one query."""
    found = Proposal.objects.published_in(round).with_details().in_bulk(ids) if ids else {}
    return Shortlist([found[pk] for pk in ids if pk in found])
