"""Reads across feedback's records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Case as Choose
from django.db.models import Count, DateTimeField, F, Q, QuerySet, When

from cms.common.textkeys import normalise_code
from feedback_forms.choices import OPEN_CASE_STATES, CaseState
from feedback_forms.domain.codes import code_hash
from feedback_forms.events import SENDER_EVENTS, WORDINGS, CaseEvent
from feedback_forms.models import Case, CaseLogEntry, PublicFeedback, Topic


def hash_of_code(code: str) -> str:
    """What is stored of a follow-up code, from whatever a person typed."""
    return code_hash(settings.SECRET_KEY, normalise_code(code))


def case_by_follow_hash(follow_hash: str) -> Case | None:
    """The case that a follow-up code's hash opens."""
    return Case.objects.select_related("topic").filter(follow_hash=follow_hash).first() if follow_hash else None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened to a case, in words for its sender."""

    at: datetime
    text: str


def timeline_of(case: Case) -> list[TimelineEntry]:
    """What the sender may know, oldest first. Names of staff are not part of it."""
    entries = case.log_entries.filter(action__in=SENDER_EVENTS).order_by("timestamp", "pk")
    return [TimelineEntry(entry.timestamp, str(WORDINGS[CaseEvent(entry.action)].sender)) for entry in entries]


def history_of(case: Case) -> QuerySet[CaseLogEntry]:
    """Everything done to a case, newest first."""
    return case.log_entries.select_related("user")


def offered_topics(chosen_ids: Iterable[int] = ()) -> QuerySet[Topic]:
    """The active topics, or those of them that a block has chosen."""
    topics = Topic.objects.active()
    return topics.filter(pk__in=list(chosen_ids)) if chosen_ids else topics


def published_feedback(topics: Iterable[int] = ()) -> QuerySet[PublicFeedback]:
    """Published feedback, newest first; of all topics, or of those whose ids are given."""
    published = PublicFeedback.objects.filter(live=True).select_related("topic")
    return published.filter(topic__in=list(topics)) if topics else published


def topics_with_published(topics: Iterable[int] = ()) -> list[tuple[str, str]]:
    """(slug, name) of the topics that have published feedback, for a filter's choices."""
    found = Topic.objects.filter(pk__in=PublicFeedback.objects.filter(live=True).values("topic"))
    if topics:
        found = found.filter(pk__in=list(topics))
    return list(found.values_list("slug", "name"))


def inbox_of(user: Any) -> QuerySet[Case]:
    """The cases that the user may see, with what a row of the list shows."""
    return Case.objects.visible_to(user).select_related("topic__unit")


def open_first(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Open cases before finished ones; the open by deadline, the finished from the latest."""
    is_open = Q(state__in=OPEN_CASE_STATES)
    return cases.alias(
        is_done=Choose(When(is_open, then=0), default=1),
        open_due=Choose(When(is_open, then=F("due_at")), output_field=DateTimeField()),
    ).order_by("is_done", "open_due", "-received_at", "-pk")


@dataclass(frozen=True, slots=True)
class WaitingCases:
    """How many cases await a handler."""

    untouched: int
    overdue: int


def waiting_cases(user: Any, now: datetime) -> WaitingCases:
    """Counts for the dashboard, in one query."""
    counts = Case.objects.visible_to(user).aggregate(
        untouched=Count("pk", filter=Q(state=CaseState.RECEIVED)),
        overdue=Count("pk", filter=Q(state__in=OPEN_CASE_STATES, due_at__lt=now)),
    )
    return WaitingCases(counts["untouched"], counts["overdue"])


def awaiting_publication() -> QuerySet[PublicFeedback]:
    """Public copies with a draft that is not public yet."""
    return PublicFeedback.objects.filter(has_unpublished_changes=True)
