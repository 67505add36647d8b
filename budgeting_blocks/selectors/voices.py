"""What others have done with a proposal: how many support it, and what they say."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from budgeting_blocks.models import Proposal, ProposalComment, ProposalSupport

COMMENTS_PER_PAGE = 20
MAX_PAGE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Voices:
    """`comments` is one page of what stands under the proposal, the latest first."""

    supports: int
    comments: Page

    @property
    def comment_count(self) -> int:
        return self.comments.paginator.count


def voices_of(proposal: Proposal, page: str | None = None) -> Voices:
    """In three queries, however many voices there are. A page that makes no sense is the first or the last one."""
    shown = ProposalComment.objects.filter(proposal=proposal).shown().order_by("-submitted_at", "-pk")
    number = page if page and page.isascii() and page.isdecimal() and len(page) <= MAX_PAGE_DIGITS else "1"
    comments = Paginator(shown, COMMENTS_PER_PAGE).get_page(number)
    return Voices(ProposalSupport.objects.filter(proposal=proposal).count(), comments)
