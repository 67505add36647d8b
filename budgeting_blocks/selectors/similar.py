"""Published proposals that are like one being written, or like each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max

from budgeting_blocks.choices import ScreeningState
from budgeting_blocks.domain.similarity import SimilarityIndex, Text, shared_words
from budgeting_blocks.models import DistinctPair, Proposal, Round
from budgeting_blocks.permissions.merging import can_merge_proposals
from cms.users.models import User

SHOWN = 5


def similar_proposals(round: Round, title: str, summary: str = "", *, limit: int = SHOWN) -> list[Proposal]:
    """The round's published proposals most like this text, best first. Two queries; three after a publication."""
    published = Proposal.objects.published_in(round)
    state = published.aggregate(count=Count("pk"), newest=Max("last_published_at"), last=Max("pk"))
    index = _index(round.pk, state["count"], str(state["newest"]), state["last"] or 0)
    keys = index.most_alike(title, summary, limit=limit)
    if not keys:
        return []
    found = published.select_related("theme", "area").in_bulk(keys)
    return [found[key] for key in keys if key in found]


@dataclass(frozen=True, slots=True)
class Alike:
    """Proposals of one round that may be one, and the words that they share."""

    round: Round
    proposals: list[Proposal]
    words: list[str]


def likely_same(user: User | AnonymousUser) -> list[Alike]:
    """Proposals that somebody should look at together, the most alike first, of the rounds whose proposals the user may
    merge now. What the city has turned down is left out, and no two are together that staff have found to be distinct. Five
    queries a round, and half a second for 640 new proposals.
    """
    rounds = Round.objects.filter(live=True, rehearsal_of=None, rule_versions=None).prefetch_related("phases")
    return [alike for round in rounds.order_by("-pk") if can_merge_proposals(user, round) for alike in _alike_in(round)]


def _alike_in(round: Round) -> list[Alike]:
    open_ones = (
        Proposal.objects.published_in(round)
        .filter(screening__isnull=False)
        .exclude(screening__state__in=(ScreeningState.REJECTED, ScreeningState.WITHDRAWN))
    )
    texts = tuple(open_ones.order_by("pk").values_list("pk", "title", "summary"))
    apart = frozenset(DistinctPair.objects.filter(one__round=round).values_list("one_id", "other_id"))
    groups = _groups(texts, apart)
    found = open_ones.select_related("screening", "area").in_bulk([key for group in groups for key in group])
    made = []
    for group in groups:
        proposals = [found[key] for key in group if key in found]
        words = shared_words([f"{proposal.title} {proposal.summary}" for proposal in proposals])
        made.append(Alike(round, proposals, words))
    return made


@lru_cache(maxsize=2)
def _groups(texts: tuple[tuple[int, str, str], ...], apart: frozenset[tuple[int, int]]) -> list[list[int]]:
    return SimilarityIndex(Text(*text) for text in texts).groups(apart=apart)


@lru_cache(maxsize=4)
def _index(round_id: int, _count: int, _newest: str, _last: int) -> SimilarityIndex:
    """The round's index as long as the same proposals are published in it; each process keeps those used last."""
    rows = Proposal.objects.filter(round_id=round_id, live=True).order_by("pk")
    return SimilarityIndex(Text(*row) for row in rows.values_list("pk", "title", "summary"))
