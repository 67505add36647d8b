"""Which proposals are alike. Plain Python.

Texts are compared by the three-letter parts of their words, so that "penkki", "penkkejä" and "penkeille" meet: Finnish bends
the ends of its words, and sometimes their middle. Parts that many proposals of the round share ("puisto") count for less.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from budgeting_blocks.domain.folding import fold

# What a title and a summary say at most; longer texts make no search dearer.
MAX_TEXT = 400
MAX_WORDS = 60
# Measured on pairs of Finnish titles: below it stand proposals that only share a place or a common word.
ALIKE = 0.22


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
