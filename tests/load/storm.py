"""`make storm`: 200 clients vote at once, a fifth of them twice, and then the server is killed in the middle of voting.

On SQLite always; on PostgreSQL too when DATABASE_URL names a server. Fails unless there is exactly one ballot per right, no
other answer than "your vote is in" and "already voted", and every acknowledged vote is in the box after the restart.
With --kill-database, PostgreSQL itself is killed too: one that the storm makes for itself.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from tests.load.postgres import OwnServer, own_server
from tests.load.votes import ADDRESS, Answer, Poll, migrate, open_poll, post_all, run_script
from tests.siteserver import RunningSite, running_site

CLIENTS = 200


def storm(data: Path, voters: int = CLIENTS, **environment: str) -> None:
    """So many clients at once, and a fifth of the rights tried a second time by another page view."""
    poll = open_poll(data, voters + voters // 5, **environment)
    again = [poll.vote(number) | {"form_token": poll.tokens[voters + number // 5]} for number in range(0, voters, 5)]
    posts = [poll.vote(number) for number in range(voters)] + again
    with running_site(data, CLIENT_IP_HEADER=ADDRESS, **environment) as site:
        answers, seconds = post_all(site.url, poll.path, posts, len(posts))
    accepted = sum(answer.status == 303 for answer in answers)
    refused = [answer for answer in answers if answer.status != 303]
    others = [answer.status for answer in refused if answer.status != 422 or "Koodi ei kelpaa" not in answer.body]
    assert not others, f"answers that are no refusal: {others}"
    assert accepted == voters, f"{accepted} of {voters} voters got a receipt"
    assert in_the_box(data, poll, **environment) == (voters, voters, voters)
    print(
        f"{len(posts)} posts at once in {seconds:.1f} s: {accepted} votes, {len(refused)} already voted, nothing else"
    )


def in_the_box(data: Path, poll: Poll, *cookies: str, **environment: str) -> tuple[int, int, int]:
    """Ballots, used rights and receipts of the poll; fails if a receipt that a cookie carries is not among them."""
    ballots, used, receipts = run_script("look_into_box", data, poll.slug, *cookies, **environment).split()[-3:]
    return int(ballots), int(used), int(receipts)


def _vote_until(site: RunningSite, poll: Poll, posts: list[dict[str, object]], cut: Callable[[], None]) -> list[Answer]:
    """Send the posts, and `cut` once a quarter of the votes are acknowledged, while clients go on voting."""
    answers: list[Answer] = []
    left, quarter = iter(range(len(posts) // 4 - 1)), threading.Event()

    def hear(answer: Answer) -> None:
        if answer.status != 303 or next(left, None) is None:
            quarter.set()

    def vote() -> None:
        answers.extend(post_all(site.url, poll.path, posts, 8, keep_on=False, heard=hear)[0])

    voting = threading.Thread(target=vote)
    voting.start()
    assert quarter.wait(120), "the votes do not come in"
    cut()
    voting.join()
    return answers


def kill(data: Path, voters: int = CLIENTS, **environment: str) -> tuple[int, int]:
    """Kill every process of the web server in the middle. Returns votes acknowledged, and votes in the box after everybody
    else has tried again."""
    poll = open_poll(data, voters, **environment)
    posts = [poll.vote(number) for number in range(voters)]
    with running_site(data, **environment) as site:
        answers = _vote_until(site, poll, posts, site.kill)
    acknowledged = [answer.receipt for answer in answers if answer.status == 303]
    assert {answer.status for answer in answers} <= {0, 303}
    with running_site(data, **environment) as site:
        # Whoever got no answer sends the same page again: the same receipt, or a vote that had not come through.
        again, _seconds = post_all(site.url, poll.path, posts, 8)
    assert {answer.status for answer in again} == {303}
    assert in_the_box(data, poll, *acknowledged, **environment) == (voters, voters, voters)
    return len(acknowledged), voters


def kill_database(data: Path, database: OwnServer, voters: int = CLIENTS) -> tuple[int, int, int]:
    """Kill every process of the database server in the middle and start it anew; the web server finds it again by itself.
    Returns votes acknowledged, votes that got an error instead, and votes in the box after these have tried again."""
    poll = open_poll(data, voters, DATABASE_URL=database.url)
    posts = [poll.vote(number) for number in range(voters)]

    def cut() -> None:
        database.kill()
        database.start()

    with running_site(data, DATABASE_URL=database.url) as site:
        answers = _vote_until(site, poll, posts, cut)
        acknowledged = [answer.receipt for answer in answers if answer.status == 303]
        assert {answer.status for answer in answers} <= {303, 500, 503}
        for _try in range(3):
            again, _seconds = post_all(site.url, poll.path, posts, 8)
            if {answer.status for answer in again} == {303}:
                break
    assert {answer.status for answer in again} == {303}
    assert in_the_box(data, poll, *acknowledged, DATABASE_URL=database.url) == (voters, voters, voters)
    return len(acknowledged), voters - len(acknowledged), voters


def main() -> int:
    """Both on each database."""
    kills_database = "--kill-database" in sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="storm-") as folder:
        places = {"SQLite": ""}
        if (url := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
            places["PostgreSQL"] = url
        for name, url in places.items():
            data = Path(folder) / name
            data.mkdir()
            environment = {"DATABASE_URL": url} if url else {}
            migrate(data, **environment)
            print(name)
            storm(data, **environment)
            acknowledged, voters = kill(data, **environment)
            print(f"killed after {acknowledged} votes: all of them are in the box, and all {voters} after trying again")
        if kills_database:
            data = Path(folder) / "killed"
            data.mkdir()
            with own_server() as database:
                migrate(data, DATABASE_URL=database.url)
                acknowledged, errors, voters = kill_database(data, database)
            print("PostgreSQL, itself killed and started anew")
            print(f"{acknowledged} votes were acknowledged, {errors} got an error: the former are in the box,")
            print(f"and all {voters} after trying again")
    return 0


if __name__ == "__main__":
    sys.exit(main())
