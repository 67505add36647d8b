"""A round to vote in on any migrated database, and clients that vote over real connections."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.siteserver import ROOT, environment_for, manage

# In which a trusted proxy would name the client: all clients of one address are slowed down after thirty wrong codes.
ADDRESS = "X-Client-Address"
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True, slots=True)
class Poll:
    """An open round: where to vote, what for, and unused codes and form tokens, one of each for a vote."""

    slug: str
    proposals: list[int]
    codes: list[str]
    tokens: list[str]

    def vote(self, number: int) -> dict[str, object]:
        """The post of one voter."""
        items = self.proposals[number % 5 : number % 5 + 3]
        return {"form_token": self.tokens[number], "code": self.codes[number], "proposals": items}

    @property
    def path(self) -> str:
        return f"/osbu/aanesta/{self.slug}/anna/"


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` 0: the connection broke before an answer came. `receipt`: the cookie that carries the receipt."""

    status: int
    receipt: str = ""
    body: str = ""


def run_script(name: str, data: Path, *arguments: str, **environment: str) -> str:
    """Run one of this folder's scripts on the site's database in `data`; its output."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.load.{name}", *arguments],
        cwd=ROOT,
        env=environment_for(data, **environment),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def migrate(data: Path, **environment: str) -> None:
    """An empty site on the database."""
    manage(data, "migrate", "-v", "0", **environment)
    manage(data, "createcachetable", **environment)
    manage(data, "collectstatic", "--noinput", "-v", "0", **environment)


def open_poll(data: Path, voters: int, **environment: str) -> Poll:
    """A new open round with items and this many codes."""
    return Poll(**json.loads(run_script("make_poll", data, str(voters), **environment).splitlines()[-1]))


def post_all(
    url: str,
    path: str,
    posts: Sequence[dict[str, object]],
    connections: int,
    *,
    keep_on: bool = True,
    heard: Callable[[Answer], None] = lambda _answer: None,
) -> tuple[list[Answer], float]:
    """Send every post once over so many connections; the answers in the order of the posts, and the seconds it took.

    `keep_on`: whether a client goes on after a broken connection. `heard` is told of each answer as it comes.
    """
    target = urlsplit(url)
    answers: list[Answer] = [Answer(0)] * len(posts)
    left = iter(range(len(posts)))
    turn, together = threading.Lock(), threading.Barrier(connections)

    def client() -> None:
        connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=120)
        together.wait()
        while True:
            with turn:
                number = next(left, None)
            if number is None:
                break
            try:
                headers = HEADERS | {ADDRESS: f"192.0.2.{number % 250}"}
                connection.request("POST", path, urlencode(posts[number], doseq=True), headers)
                response = connection.getresponse()
                body = response.read().decode()
                answers[number] = Answer(response.status, response.headers.get("Set-Cookie", ""), body)
                heard(answers[number])
            except (OSError, http.client.HTTPException):
                connection.close()
                if not keep_on:
                    break
        connection.close()

    threads = [threading.Thread(target=client) for _number in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, time.perf_counter() - began
