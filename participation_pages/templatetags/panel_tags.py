"""What templates of panels ask for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.common.formpost import form_for_block
from cms.common.forms import PublicForm
from cms.common.pagecache import valid_until
from participation_pages.dates import written_date, written_span, written_time
from participation_pages.panels.domain.schedule import Window
from participation_pages.panels.examples import example_panel
from participation_pages.panels.forms import ApplicationForm
from participation_pages.panels.models import Panel
from participation_pages.panels.permissions import can_see_panel_drafts
from participation_pages.panels.selectors import PanelFacts, panel_facts

register = template.Library()


@dataclass(frozen=True, slots=True)
class PanelCall:
    """What a call block shows. `facts` is None when the panel cannot be shown; `why` then tells it to an editor only."""

    facts: PanelFacts | None
    form: PublicForm | None = None
    action: str = ""
    why: str = ""


@register.simple_tag(takes_context=True)
def panel_call(context: template.Context, value: Any) -> PanelCall:
    """The call of the block's panel on the page being rendered; an example in the block menu's picture."""
    panel = example_panel() if context.get("show_example") else value.get("panel")
    if panel is None:
        return PanelCall(
            None, why=_why(context, _("Valittu raati on poistettu. Valitse lohkoon toinen raati tai poista lohko."))
        )
    if not panel.live:
        reason = _("Raatia ”%(panel)s” ei ole julkaistu. Lohko näkyy asukkaille, kun raati julkaistaan.")
        return PanelCall(None, why=_why(context, reason % {"panel": panel}))
    return _call(context, panel)


@register.simple_tag(takes_context=True)
def panel_draft_call(context: template.Context, panel: Panel) -> PanelCall:
    """The call of a panel that is being written, for the editor's preview."""
    return _call(context, panel)


@register.simple_tag(takes_context=True)
def panel_now(context: template.Context, panel: Panel) -> PanelFacts:
    """The panel at this moment; tells the page cache when that changes."""
    facts = panel_facts(panel, now=timezone.now())
    valid_until(context.get("request"), facts.next_turn)
    return facts


def _call(context: template.Context, panel: Panel) -> PanelCall:
    facts = panel_now(context, panel)
    form = form_for_block(context, ApplicationForm, panel=panel) if facts.is_open or _was_posted(context) else None
    return PanelCall(facts, form, reverse("panel_apply", args=[panel.slug]) if panel.pk else "#")


def _was_posted(context: template.Context) -> bool:
    """Whether an application was sent from this block just now: its sender is told when the call closed meanwhile."""
    return str(context.get("block_id")) in getattr(context.get("request"), "bound_forms", {})


def _why(context: template.Context, reason: str) -> str:
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    if getattr(request, "is_preview", False) or (user is not None and can_see_panel_drafts(user)):
        return reason
    return ""


@register.filter
def panel_moment(moment: datetime) -> str:
    """Day and clock time, in words."""
    return _("%(date)s klo %(time)s") % {"date": written_date(moment), "time": written_time(moment)}


@register.filter
def panel_closing(moment: datetime) -> str:
    """The end of a half-open time as people say it: midnight belongs to the day that it ends."""
    local = timezone.localtime(moment)
    if (local.hour, local.minute) == (0, 0):
        return _("%(date)s klo 24") % {"date": written_date(moment - timedelta(minutes=1))}
    return panel_moment(moment)


@register.filter
def panel_span(window: Window) -> str:
    """Day and clock times of a session."""
    return written_span(window.starts_at, window.ends_at)
