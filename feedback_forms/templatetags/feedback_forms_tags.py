"""What the feedback block and its pages show."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict

from cms.common.formpost import form_for_block, origin_for
from feedback_forms.blocks import FeedbackFormValue
from feedback_forms.choices import STATE_TONES, CaseState
from feedback_forms.filters import PublicFeedbackFilterSet
from feedback_forms.forms.public import FeedbackForm
from feedback_forms.selectors import offered_topics, published_feedback, topics_with_published

register = template.Library()
LIST_PAGE_SIZE = 10


@register.filter
def state_tone(state: str) -> str:
    """The badge's tone for a case's state."""
    return STATE_TONES.get(CaseState(state), "neutral") if state in CaseState.values else "neutral"


def _is_editor(context: template.Context) -> bool:
    """Whether the reader may see why a block does not work: in a preview, or signed in to the admin."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return False
    if getattr(request, "is_preview", False):
        return True
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))


@register.inclusion_tag("feedback_forms/blocks/_form.html", takes_context=True)
def feedback_form(context: template.Context, value: FeedbackFormValue) -> dict[str, Any]:
    """The form with the block's topics, or a notice when none of them takes feedback now."""
    topics = list(offered_topics([topic.pk for topic in value.chosen])) if _has_topics(value) else []
    shared = {
        "request": context.get("request"),
        "origin": origin_for(context),
        "lost": value.lost if _is_editor(context) else [],
        "has_other_topics": not topics and offered_topics().exists(),
    }
    if not topics:
        return shared
    form = form_for_block(context, FeedbackForm)
    form.show_topics(topics)  # type: ignore[attr-defined]
    return {**shared, "form": form}


def _has_topics(value: FeedbackFormValue) -> bool:
    """False when the editor chose topics and every one of them is gone: then the form must not offer all the others."""
    return bool(value.chosen) or not value.is_restricted


@register.inclusion_tag("feedback_forms/blocks/_published_list.html", takes_context=True)
def published_list(context: template.Context, value: FeedbackFormValue) -> dict[str, Any]:
    """The published feedback of the block's topics, by page and topic."""
    if not _has_topics(value):
        return {}
    request: HttpRequest | None = context.get("request")
    params = request.GET if request is not None else QueryDict()
    prefix = "p" + str(context.get("block_id") or "")[:8]
    ids = [topic.pk for topic in value.chosen]
    filters = PublicFeedbackFilterSet(
        params, queryset=published_feedback(ids), topics=topics_with_published(ids), prefix=prefix
    )
    # What is not among the choices (an old link, junk) filters nothing.
    queryset = filters.qs if filters.is_valid() else published_feedback(ids)
    paginator = Paginator(queryset, LIST_PAGE_SIZE)
    page_param = f"{prefix}-page"
    page_obj = paginator.get_page(params.get(page_param))
    return {
        "request": request,
        "filters": filters,
        "is_filtering": filters.is_valid() and filters.form.has_changed(),
        "page_obj": page_obj,
        "list_id": f"{prefix}-list",
        "previous": _page_link(params, page_param, page_obj.number - 1) if page_obj.has_previous() else "",
        "next": _page_link(params, page_param, page_obj.number + 1) if page_obj.has_next() else "",
        "kept": [(key, value) for key, value in params.items() if not key.startswith(f"{prefix}-")][:20],
    }


def _page_link(params: QueryDict, page_param: str, number: int) -> str:
    query = params.copy()
    query[page_param] = str(number)
    return f"?{query.urlencode()}"
