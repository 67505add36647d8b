"""Where the voting files lie, and what another tool elects from them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from budgeting_blocks.domain.counting import Rules
from budgeting_blocks.domain.pabulib import VotingFile, read_file
from budgeting_blocks.domain.rules import Add1Stop, Completion, CountRule, Utility

SMALL = Path(__file__).parent / "data"
LARGE = Path(__file__).resolve().parents[4] / "shared" / "data" / "pabulib"


def folder() -> Path:
    """The folder with all files where it is there, else that with the small ones."""
    return LARGE if (LARGE / "reference.json").exists() else SMALL


@cache
def reference() -> dict[str, dict[str, Any]]:
    """Per file, what pabutools elects."""
    return json.loads((folder() / "reference.json").read_text())


@cache
def voting_file(name: str) -> VotingFile:
    """The file, read once."""
    return read_file((folder() / f"{name}.pb").read_bytes())


def rules_of(entry: dict[str, Any]) -> Rules:
    """The rules of one entry of the reference."""
    return Rules(
        rule=CountRule(entry["rule"]),
        utility=Utility(entry["utility"] or Utility.COST),
        completion=Completion(entry["completion"] or Completion.NONE),
        add1_stop=Add1Stop(entry.get("add1_stop", Add1Stop.OVERSPEND)),
    )
