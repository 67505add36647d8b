"""A voting file of the Pabulib library as it stands in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgeting_blocks.domain.counting import Election, Money


class PabulibError(ValueError):
    """A file that cannot be counted. `line` is the file's line, from 1; its last when something is missing."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class Warned:
    """Something odd that a count can bear. `times`: how often it occurs; `line` is where it does first."""

    line: int
    message: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class FileProject:
    """One line of PROJECTS. `row` holds every column as written. `recorded`: whether the file marks it as funded."""

    project_id: str
    cost: Money
    row: Mapping[str, str] = field(repr=False)

    @property
    def recorded(self) -> bool:
        """Whether the file says that it was funded; False where the file does not say."""
        return self.row.get("selected", "").strip() == "1"


@dataclass(frozen=True, slots=True)
class VotingFile:
    """`election` has the file's ids and, for rankings and points, points."""

    meta: Mapping[str, str]
    projects: tuple[FileProject, ...]
    election: Election
    warnings: tuple[Warned, ...]
