"""The part of the ballot's last step that shows who votes."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.held import RIGHT, TEACHER, held
from budgeting_blocks.models import Round
from budgeting_blocks.selectors.means import means_offered
from budgeting_blocks.services.rights import HeldRight, find_held_right

register = template.Library()


@register.inclusion_tag("budgeting_blocks/voting/means/step.html", takes_context=True)
def means_step(context: template.Context, form: Any) -> dict[str, Any]:
    """Who votes: the right that the browser holds, or a field for a code. `form` has the fields `code` and `declared`."""
    round, secret, right = _held_right(context)
    offered = means_offered(round) if right else []
    means = next((means for means in offered if right and means.kind is right.means), None)
    return {"form": form, "right": right, "means": means, "secret": secret}


@register.inclusion_tag("budgeting_blocks/voting/means/others.html", takes_context=True)
def means_others(context: template.Context) -> dict[str, Any]:
    """What else a voter without a code can do. Place it behind the button that casts."""
    round, _secret, right = _held_right(context)
    others = [means for means in means_offered(round) if means.kind is not MeansKind.CODE]
    return {"round": round, "right": right, "others": others}


@register.simple_tag(takes_context=True)
def holds_class(context: template.Context, round: Round) -> bool:
    """Whether a teacher votes with a class in this browser."""
    return held(context["request"], round, TEACHER) is not None


def _held_right(context: template.Context) -> tuple[Round, str, HeldRight | None]:
    request, round = context["request"], context["round"]
    secret = (held(request, round, RIGHT) or {}).get("secret", "")
    return round, secret, find_held_right(round, secret, timezone.now()) if secret else None
