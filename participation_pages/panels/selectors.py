"""What is true of a panel now, put together from its plan and its changes. Query counts are fixed by tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from participation_pages.panels.choices import CALL_LABELS, CALL_TONES, SESSION_LABELS, SESSION_TONES
from participation_pages.panels.domain.schedule import (
    CallState,
    ChangeKind,
    SessionState,
    Standing,
    call_state,
    next_turn,
    session_state,
    standing_of,
)
from participation_pages.panels.models import Panel, PanelApplication, PanelChange, PanelFeature, PanelSession


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session with what holds of it now."""

    session: PanelSession
    standing: Standing
    state: SessionState

    @property
    def label(self) -> str:
        return str(SESSION_LABELS[self.state])

    @property
    def tone(self) -> str:
        return SESSION_TONES[self.state]


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """A panel, the standing and state of its call, and its sessions in the order of their times."""

    panel: Panel
    standing: Standing
    state: CallState
    sessions: tuple[SessionFacts, ...]
    next_turn: datetime | None

    @property
    def label(self) -> str:
        return str(CALL_LABELS[self.state])

    @property
    def tone(self) -> str:
        return CALL_TONES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state is CallState.OPEN

    @property
    def was_moved(self) -> bool:
        """Whether the call's times are not those that were first announced."""
        return self.standing.kind is ChangeKind.POSTPONED


def panel_facts(panel: Panel, *, now: datetime) -> PanelFacts:
    """Two queries, none when `with_schedule` has fetched them. Works for an unsaved panel, which has no sessions yet."""
    changes = list(panel.changes.all()) if panel.pk else []
    sessions = list(panel.sessions.all()) if panel.pk else []
    return _facts(panel, sessions, changes, now)


def _facts(panel: Panel, sessions: Iterable[PanelSession], changes: list[PanelChange], now: datetime) -> PanelFacts:
    standing = call_standing(panel, changes)
    session_facts = []
    for session in sessions:
        of_session = session_standing(session, changes)
        session_facts.append(SessionFacts(session, of_session, session_state(of_session, now)))
    session_facts.sort(key=lambda facts: (facts.standing.window or facts.session.planned).starts_at)
    return PanelFacts(
        panel=panel,
        standing=standing,
        state=call_state(standing, now),
        sessions=tuple(session_facts),
        next_turn=next_turn([standing, *(facts.standing for facts in session_facts)], now),
    )


def call_standing(panel: Panel, changes: Iterable[PanelChange]) -> Standing:
    """What holds of the panel's call, of all its changes."""
    return standing_of(panel.planned_call, [change.as_rule() for change in changes if change.session_id is None])


def session_standing(session: PanelSession, changes: Iterable[PanelChange]) -> Standing:
    """What holds of one session, of all its panel's changes."""
    return standing_of(session.planned, [change.as_rule() for change in changes if change.session_id == session.pk])


def with_schedule(panels: QuerySet[Panel]) -> QuerySet[Panel]:
    """The panels with sessions and changes: two queries for all of them."""
    return panels.prefetch_related(
        "sessions", Prefetch("changes", queryset=PanelChange.objects.order_by("made_at", "pk"))
    )


def features_of(panel: Panel) -> list[PanelFeature]:
    """The panel's features with their values: two queries, none for a panel that is being written and has them in memory."""
    features = panel.features.all()
    return list(features.prefetch_related("values") if isinstance(features, QuerySet) else features)


def live_panel_or_404(slug: str) -> Panel:
    """The published panel of this address, for the public forms."""
    panel = Panel.objects.filter(slug=slug, live=True).first()
    if panel is None:
        raise Http404
    return panel


def open_calls(now: datetime) -> list[PanelFacts]:
    """Published panels whose call is open. Few enough to be judged one by one, in three queries."""
    facts = (panel_facts(panel, now=now) for panel in with_schedule(Panel.objects.filter(live=True)))
    return [item for item in facts if item.is_open]


def standing_applications(panel: Panel) -> QuerySet[PanelApplication]:
    """The applications that take part in the draw: not withdrawn."""
    return PanelApplication.objects.filter(panel=panel, withdrawn_at__isnull=True)


def has_applications(panel: Panel) -> bool:
    """Whether anybody's answers depend on the panel's features as they are."""
    return bool(panel.pk) and PanelApplication.objects.filter(panel=panel).exists()


def labels_in_order(applications: Iterable[PanelApplication]) -> list[str]:
    """The labels that these applications answer, in the order in which their panels ask; what is no longer asked last.

    The stored answers themselves have no order that every database keeps.
    """
    applications = list(applications)
    answered = {label for application in applications for label in application.answers}
    asked = PanelFeature.objects.filter(panel__in={application.panel_id for application in applications})
    in_order = dict.fromkeys(asked.order_by("panel", "sort_order").values_list("label", flat=True))
    return [label for label in in_order if label in answered] + sorted(answered - in_order.keys())
