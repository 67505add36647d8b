"""Proposals and rounds in the admin: menus, guards, log words, and what awaits whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from budgeting_blocks.models import Proposal, ProposalComment, Round
from budgeting_blocks.permissions import can_delete_record, can_moderate_comments, can_moderate_proposals
from budgeting_blocks.selectors.proposals import is_reviewer
from budgeting_blocks.viewsets import BudgetingGroup
from cms.common.dashboard import WaitingItem, register_waiting

register_snippet(BudgetingGroup)


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "budgeting.screen", gettext_lazy("Arvioi ehdotus"), gettext_lazy("Ehdotuksen arviointi muuttui")
    )
    actions.register_action(
        "budgeting.hide_comment", gettext_lazy("Piilota kommentti"), gettext_lazy("Kommentti piilotettiin")
    )
    actions.register_action(
        "budgeting.keep_comment", gettext_lazy("Säilytä kommentti"), gettext_lazy("Kommentti todettiin asialliseksi")
    )
    actions.register_action(
        "budgeting.edit_by_author", gettext_lazy("Muokkaa omaa ehdotusta"), gettext_lazy("Ehdottaja muutti ehdotusta")
    )


@hooks.register("before_delete_snippet")
def keep_what_people_vote_on(request: HttpRequest, instances: Iterable[Any]) -> HttpResponseBase | None:
    """Nothing that a vote or a result stands on is deleted, alone or among others: all of them stay."""
    for instance in instances:
        if isinstance(instance, Proposal | Round):
            decision = can_delete_record(instance)
            if not decision:
                messages.error(request, decision.reason)
                return redirect(reverse(type(instance).snippet_viewset.get_url_name("list")))
    return None


def proposals_waiting(request: HttpRequest) -> list[WaitingItem]:
    """For moderators: proposals that nobody has looked at."""
    items = []
    if can_moderate_proposals(request.user) and is_reviewer(request.user):
        url = reverse(Proposal.snippet_viewset.get_url_name("list")) + "?moderation=waiting"
        items.append(WaitingItem(_("Ehdotuksia moderoitavana"), Proposal.objects.awaiting_moderation().count(), url))
    return items


def comments_waiting(request: HttpRequest) -> list[WaitingItem]:
    """For moderators: comments that nobody has looked at, and public ones that somebody has reported."""
    if not can_moderate_comments(request.user):
        return []
    url = reverse(ProposalComment.snippet_viewset.get_url_name("list"))
    waiting, reported = ProposalComment.objects.awaiting_moderation(), ProposalComment.objects.reported()
    return [
        WaitingItem(_("Kommentteja moderoitavana"), waiting.count(), f"{url}?moderation=waiting"),
        WaitingItem(_("Kommentteja, joista on ilmoitettu"), reported.count(), f"{url}?moderation=reported"),
    ]


register_waiting(proposals_waiting)
register_waiting(comments_waiting)
