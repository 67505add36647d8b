"""What residents see of assessments and merges."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.forms.merging import AnswerForm, ObjectionForm
from budgeting_blocks.models import MergeObjection, Proposal, ProposalMerge, Screening, ScreeningQuestion
from budgeting_blocks.permissions.merging import can_object_to_merge
from budgeting_blocks.permissions.screening import can_answer_question
from budgeting_blocks.permissions.words import closing_text
from budgeting_blocks.selectors.merging import family_of
from budgeting_blocks.selectors.proposals import Followed

register = template.Library()


@register.inclusion_tag("budgeting_blocks/proposals/assessment.html")
def city_assessment(screening: Screening) -> dict[str, Any]:
    """The city's reasons, explanations and criteria; the criteria once it has decided."""
    findings = []
    if screening.pk and screening.is_decided:
        findings = list(
            screening.findings.select_related("criterion").order_by("criterion__sort_order", "criterion__pk")
        )
    return {"screening": screening, "findings": findings}


@register.inclusion_tag("budgeting_blocks/proposals/family.html")
def proposal_family(proposal: Proposal) -> dict[str, Any]:
    """What was merged into this proposal."""
    return {"family": family_of(proposal) if proposal.pk else []}


@register.inclusion_tag("budgeting_blocks/proposals/author_desk.html", takes_context=True)
def author_desk(context: dict[str, Any], followed: Followed) -> dict[str, Any]:
    """What the city asks the author, and the merges that they may object to; on the private page only."""
    token, request = context["token"], context.get("request")
    questions = ScreeningQuestion.objects.filter(screening__proposal=followed.shown).select_related("screening")
    merges = ProposalMerge.objects.filter(source=followed.proposal) | ProposalMerge.objects.filter(
        target=followed.proposal
    )
    return {
        "request": request,
        "own": followed.proposal,
        "questions": [_question(question, token) for question in questions],
        "merges": [
            _merge(merge, followed, token)
            for merge in merges.select_related("source", "target").prefetch_related("objections")
        ],
    }


def _question(question: ScreeningQuestion, token: str) -> dict[str, Any]:
    may = can_answer_question(question)
    return {
        "question": question,
        "form": AnswerForm(block_id=f"q{question.pk}") if may else None,
        "why_not": may.reason,
        "url": reverse("budgeting:answer_question", args=[token, question.pk]),
    }


def _merge(merge: ProposalMerge, followed: Followed, token: str) -> dict[str, Any]:
    may = can_object_to_merge(followed.proposal.contact, merge, timezone.now())
    own: MergeObjection | None = next(
        (objection for objection in merge.objections.all() if objection.proposal_id == followed.proposal.pk), None
    )
    return {
        "merge": merge,
        "until": closing_text(merge.objection_until),
        "objection": own,
        "form": ObjectionForm(block_id=f"m{merge.pk}") if may else None,
        "why_not": "" if own else may.reason,
        "url": reverse("budgeting:object_to_merge", args=[token, merge.pk]),
    }
