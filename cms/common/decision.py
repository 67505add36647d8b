"""The answer of a permission: yes, or no with a reason that the person may read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """`allowed` tells whether; `reason` is a sentence for the person, empty when allowed. Truthy when allowed."""

    allowed: bool
    reason: str = ""

    @classmethod
    def yes(cls) -> Decision:
        return cls(True)

    @classmethod
    def no(cls, reason: str) -> Decision:
        return cls(False, reason)

    def __bool__(self) -> bool:
        return self.allowed
