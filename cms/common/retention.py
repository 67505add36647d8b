"""How long personal data is kept, said by each record and obeyed by one nightly command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """`what` is a sentence part for the privacy page; `purge(now)` deletes what is older than `days`, returns how many."""

    name: str
    what: str | Promise
    days: int
    purge: Callable[[datetime], int]


_policies: dict[str, RetentionPolicy] = {}


def register(policy: RetentionPolicy) -> None:
    """Add a policy; call it in `AppConfig.ready`. The same name again replaces the earlier one."""
    _policies[policy.name] = policy


def policies() -> list[RetentionPolicy]:
    """All policies, by name."""
    return [_policies[name] for name in sorted(_policies)]
