"""Which proposals are alike. Plain Python.

Texts are compared by the three-letter parts of their words, so that "penkki", "penkkejä" and "penkeille" meet: Finnish bends
the ends of its words, and sometimes their middle. Parts that many proposals of the round share ("puisto") count for less.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from budgeting_blocks.domain.folding import fold

# What a title and a summary say at most; longer texts make no search dearer.
MAX_TEXT = 400
MAX_WORDS = 60
# Measured on pairs of Finnish titles: below it stand proposals that only share a place or a common word.
ALIKE = 0.22
# So alike that somebody should look whether the two are one: measured on the demo's proposals.
LIKELY_SAME = 0.4
RARE = 20
SHOWN_WORDS = 6


def words(text: str) -> list[str]:
    """The words that carry meaning: three letters or more, folded."""
    letters = "".join(sign if sign.isalnum() else " " for sign in fold(text[:MAX_TEXT]))
    return [word for word in letters.split() if len(word) > 2][:MAX_WORDS]


@lru_cache(maxsize=8192)
def parts(text: str) -> tuple[str, ...]:
    """The three-letter parts of the words; a word's beginning is marked, for that is what stays when it is bent.

    Remembered, so that an index is built anew in a fraction of the time after one of its texts has changed.
    """
    found: set[str] = set()
    for word in words(text):
        marked = f"_{word}"
        found.update(marked[at : at + 3] for at in range(len(marked) - 2))
        found.add(marked[:5])
    return tuple(sys.intern(part) for part in found)


@dataclass(frozen=True, slots=True)
class Text:
    """One proposal to compare with. `key` is the caller's own."""

    key: int
    title: str
    summary: str = ""


class SimilarityIndex:
    """Finds the texts that are most alike. Built once for a round, asked many times."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._keys: list[int] = []
        # part -> places of the texts with it, in the title and anywhere
        self._in_title: dict[str, list[int]] = {}
        self._anywhere: dict[str, list[int]] = {}
        titles: list[tuple[str, ...]] = []
        for place, text in enumerate(texts):
            self._keys.append(text.key)
            titles.append(parts(text.title))
            for part in titles[-1]:
                self._in_title.setdefault(part, []).append(place)
            for part in {*titles[-1], *parts(text.summary)}:
                self._anywhere.setdefault(part, []).append(place)
        self._titles = titles
        self._title_weights = [sum(map(self._weight, title)) for title in titles]

    def __len__(self) -> int:
        return len(self._keys)

    def _weight(self, part: str) -> float:
        """How much a part says: the more texts have it, the less."""
        return math.log(1 + (len(self._keys) + 1) / (1 + len(self._anywhere.get(part, ()))))

    def most_alike(self, title: str, summary: str = "", *, limit: int = 5) -> list[int]:
        """The keys of the texts most like this one, best first; none when nothing is alike.

        Half of the likeness is how much of the title is found in the other text, half how much of the other's title is found
        in this text. So a short title finds a long proposal and the other way round.
        """
        own_title = parts(title)
        if not own_title or not self._keys:
            return []
        weights = {part: self._weight(part) for part in {*own_title, *parts(summary)}}
        own_weight = sum(weights[part] for part in own_title)
        found: defaultdict[int, float] = defaultdict(float)
        covered: defaultdict[int, float] = defaultdict(float)
        for part in own_title:
            for place in self._anywhere.get(part, ()):
                found[place] += weights[part]
        for part, weight in weights.items():
            for place in self._in_title.get(part, ()):
                covered[place] += weight
        scores = {
            place: (amount / own_weight + covered[place] / (self._title_weights[place] or 1)) / 2
            for place, amount in found.items()
        }
        best = sorted((place for place, score in scores.items() if score >= ALIKE), key=lambda p: (-scores[p], p))
        return [self._keys[place] for place in best[:limit]]

    def groups(self, at_least: float = LIKELY_SAME, *, apart: Set[tuple[int, int]] = frozenset()) -> list[list[int]]:
        """Sets of keys whose texts are so alike that they may be one, the most alike first; each with each in its set.

        `apart`: pairs of keys, the smaller first, that never stand in one set.
        """
        covered = [self._share_covered(title) for title in self._titles]
        scores: dict[tuple[int, int], float] = {}
        for one, row in enumerate(covered):
            for other, share in row.items():
                if one >= other or (score := (share + covered[other].get(one, 0)) / 2) < at_least:
                    continue
                if tuple(sorted((self._keys[one], self._keys[other]))) not in apart:
                    scores[one, other] = score
        groups: dict[int, list[int]] = {}
        for one, other in sorted(scores, key=lambda pair: (-scores[pair], pair)):
            first, second = groups.setdefault(one, [one]), groups.setdefault(other, [other])
            # By way of thirds, ”a park” and ”a bench in a park” would soon all be one.
            if first is not second and all((min(a, b), max(a, b)) in scores for a in first for b in second):
                first += second
                groups |= dict.fromkeys(second, first)
        distinct = {id(group): group for group in groups.values() if len(group) > 1}
        return [[self._keys[place] for place in sorted(group)] for group in distinct.values()]

    def _share_covered(self, title: tuple[str, ...]) -> dict[int, float]:
        """How much of the title is found in each text, by its place."""
        found: defaultdict[int, float] = defaultdict(float)
        for part in title:
            weight, places = self._weight(part), self._anywhere[part]
            # What a fifth of the texts have makes no two of them one, and would make all pairs of them dear.
            if len(places) <= max(RARE, len(self._keys) // 5):
                for place in places:
                    found[place] += weight
        whole = sum(map(self._weight, title)) or 1
        return {place: amount / whole for place, amount in found.items()}


def shared_words(texts: Sequence[str]) -> list[str]:
    """Words that at least two of the texts have, in whatever form, as the first of them writes them, by the alphabet."""
    having: Counter[str] = Counter()
    written: dict[str, str] = {}
    for text in texts:
        found: dict[str, str] = {}
        for word in re.findall(r"\w{4,}", text[:MAX_TEXT]):
            # The beginning is what stays when a word is bent.
            found.setdefault(fold(word)[:4], word.lower())
        having.update(found.keys())
        written = found | written
    shared = [start for start, count in having.most_common() if count > 1]
    return sorted(written[start] for start in shared[:SHOWN_WORDS])
