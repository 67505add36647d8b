"""The digest over a closed ballot box. Plain Python, and simple enough to be worked out again by anybody.

A ballot is one line: means, strength, and its items in the order of their numbers, each with its points, as in
`code|medium|12:1,40:1`. The box is its lines, sorted. Nothing in a line tells when a ballot came or whose it is, and no
receipt stands beside it. The seal's digest chains the rules, the ballots and the receipts, so that none of the three can be
changed without it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# Fewer ballots than this by one means could tell who cast them.
RARE = 10


def ballot_line(means: str, strength: str, choices: Iterable[tuple[int, int]]) -> str:
    """The one line of a ballot; `choices` are item and points."""
    return f"{means}|{strength}|" + ",".join(f"{item}:{points}" for item, points in sorted(choices))


def lines_digest(lines: Iterable[str]) -> str:
    """SHA-256 over the sorted lines, each ended by a line feed."""
    digest = hashlib.sha256()
    for line in sorted(lines):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def seal_digest(document: Mapping[str, Any]) -> str:
    """The digest that is published: over the parts that the seal's document names."""
    parts = ("rules", "ballots", "ballots_digest", "receipts", "receipts_digest")
    return lines_digest(f"{part}={document[part]}" for part in parts)


def interim_digest(secret: str, lines: Iterable[str], receipts: Iterable[str]) -> str:
    """The digest over what came electronically, published at closing while paper is still to come.

    Of a ballot only its items and points are in it, since rare means are folded together later. It is keyed: else whoever
    knows the final box could try out which few of its ballots were not there yet, and so came on paper.
    """
    mac = hmac.new(bytes.fromhex(secret), digestmod=hashlib.sha256)
    for text in (*sorted(line.split("|", 2)[2] for line in lines), "", *sorted(receipts)):
        mac.update(f"{text}\n".encode())
    return mac.hexdigest()


def fold_rare(ways: Sequence[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Which means and strengths, as stored on ballots, are to be stored as which others; those that are common stay away.

    A way that under `RARE` ballots came by joins the commonest of its strength, or the commonest of all. So a voter who alone
    came to a desk cannot be told by the ballot that came from it.
    """
    counts = Counter(ways)
    rare = sorted(way for way, count in counts.items() if count < RARE)
    common = sorted((way for way in counts if way not in rare), key=lambda way: (-counts[way], way))
    if not common:
        # Nothing is common: all go together.
        common = sorted(counts, key=lambda way: (-counts[way], way))[:1]
        rare = [way for way in rare if way not in common]
    folded = {}
    for way in rare:
        of_its_strength = [other for other in common if other[1] == way[1]]
        folded[way] = (of_its_strength or common)[0]
    return folded
