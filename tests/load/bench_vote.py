"""`make bench-vote`: votes per second over real connections, beside a bare view that does the same two inserts.

Both are served by one gunicorn on one database in one run, in turns, so that what else the machine does weighs on both. On
SQLite always, with `synchronous=FULL`; on PostgreSQL too when DATABASE_URL names a server. The command fails when casting is
less than half as fast as the bare view.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.load.votes import Poll, migrate, open_poll, post_all
from tests.siteserver import RunningSite, manage, running_site

TARGET = 0.5
ROUNDS = 3
VOTES = 160
CONNECTIONS = 8


def measure(site: RunningSite, poll: Poll, round_id: int) -> list[tuple[float, float]]:
    """Requests per second of casting and of the bare view, turn by turn; the first turn, a warm-up, is left out."""
    found = []
    for turn in range(ROUNDS + 1):
        numbers = range(turn * VOTES, (turn + 1) * VOTES)
        votes = [poll.vote(number) for number in numbers]
        bare = [{"round": round_id, "proposals": vote["proposals"]} for vote in votes]
        cast, cast_seconds = post_all(site.url, poll.path, votes, CONNECTIONS)
        put, put_seconds = post_all(site.url, "/bare-vote/", bare, CONNECTIONS)
        if {answer.status for answer in cast} != {303} or {answer.status for answer in put} != {200}:
            raise AssertionError([answer.status for answer in (*cast, *put)])
        found.append((VOTES / cast_seconds, VOTES / put_seconds))
    return found[1:]


def bench(name: str, folder: Path, **environment: str) -> float:
    """One database's line of the table; how fast casting is in bare views."""
    data = folder / name
    data.mkdir()
    migrate(data, **environment)
    # Two rounds: what the bare view puts into its own does not lie in the voters' box.
    poll = open_poll(data, VOTES * (ROUNDS + 1), **environment)
    other = open_poll(data, 1, **environment)
    script = f"from budgeting_blocks.models import Round; print(Round.objects.get(slug='{other.slug}').pk)"
    round_id = int(manage(data, "shell", "-v", "0", "-c", script, **environment))
    settings = {"DJANGO_SETTINGS_MODULE": "tests.load.bench_settings"}
    with running_site(data, **environment, **settings) as site:
        found = measure(site, poll, round_id)
    cast, bare = (statistics.median(column) for column in zip(*found, strict=True))
    share = statistics.median(one / other for one, other in found)
    print(
        f"{name:<12}{cast:>12.0f}{bare:>12.0f}{share:>12.2f}   {VOTES * ROUNDS} of each over {CONNECTIONS} connections"
    )
    return share


def main() -> int:
    """Print the table; 1 when a database misses the target."""
    print(f"{'per second':<12}{'votes':>12}{'bare view':>12}{'share':>12}")
    with tempfile.TemporaryDirectory(prefix="bench-vote-") as folder:
        shares = [bench("SQLite", Path(folder))]
        if (url := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
            shares.append(bench("PostgreSQL", Path(folder), DATABASE_URL=url))
    print(f"Casting is at least {min(shares):.2f} times as fast as the bare view; the target is {TARGET}.")
    return 0 if min(shares) >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
