"""Published proposals that are like one being written."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Count, Max

from budgeting_blocks.domain.similarity import SimilarityIndex, Text
from budgeting_blocks.models import Proposal, Round

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


@lru_cache(maxsize=4)
def _index(round_id: int, _count: int, _newest: str, _last: int) -> SimilarityIndex:
    """The round's index as long as the same proposals are published in it; each process keeps those used last."""
    rows = Proposal.objects.filter(round_id=round_id, live=True).order_by("pk")
    return SimilarityIndex(Text(*row) for row in rows.values_list("pk", "title", "summary"))
