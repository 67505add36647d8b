"""The part of the ballot's last step that shows who votes."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.held import RIGHT, TEACHER, held
from budgeting_blocks.models import Round
from budgeting_blocks.selectors.means import means_offered
from budgeting_blocks.services.rights import find_held_right

register = template.Library()


@register.inclusion_tag("budgeting_blocks/voting/means/step.html", takes_context=True)
def means_step(context: template.Context, form: Any) -> dict[str, Any]:
    """The part of the ballot's last step that shows who votes. `form` has the fields `code` and `declared`."""
    request, round = context["request"], context["round"]
    payload = held(request, round, RIGHT) or {}
    right = find_held_right(round, payload.get("secret", ""), timezone.now())
    offered = means_offered(round)
    return {
        "request": request,
        "round": round,
        "form": form,
        "right": right,
        "means": next((means for means in offered if right and means.kind is right.means), None),
        "secret": payload.get("secret", ""),
        "others": [means for means in offered if means.kind is not MeansKind.CODE],
    }


@register.simple_tag(takes_context=True)
def holds_class(context: template.Context, round: Round) -> bool:
    """Whether a teacher votes with a class in this browser."""
    return held(context["request"], round, TEACHER) is not None
