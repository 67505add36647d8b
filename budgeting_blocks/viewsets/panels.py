"""Parts of editors' forms that show and do not ask."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.panels import ObjectList, Panel

from budgeting_blocks.models import Proposal, ProposalContact
from budgeting_blocks.permissions.voting import can_see_voting
from budgeting_blocks.selectors.merging import family_of


class AuthorContactPanel(Panel):
    """The author's address, for those only who may see it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "budgeting_blocks/admin/contact_panel.html"

        def is_shown(self) -> bool:
            user = getattr(self.request, "user", None)
            return bool(self.instance.pk and user and user.has_perm("budgeting_blocks.view_proposalcontact"))

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            contact = ProposalContact.objects.filter(proposal=self.instance.pk).first()
            return super().get_context_data(parent_context) | {"contact": contact}


class OriginPanel(Panel):
    """Where the proposal came from, what its author says of the criteria, and the photo that waits with the text."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "budgeting_blocks/admin/origin_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {
                "proposal": self.instance,
                "criteria": Proposal.objects.get(pk=self.instance.pk).criteria.all(),
                "photo": self.instance.photo,
            }


class RoundNextPanel(Panel):
    """Where a round's work goes on from its form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "budgeting_blocks/admin/round_next_panel.html"

        def is_shown(self) -> bool:
            user = getattr(self.request, "user", None)
            return bool(self.instance.pk and can_see_voting(user))


class ProposalTextPanel(Panel):
    """What the proposal that is being assessed says."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "budgeting_blocks/admin/proposal_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            proposal = Proposal.objects.with_details().select_related("round").get(pk=self.instance.proposal_id)
            return super().get_context_data(parent_context) | {"proposal": proposal, "family": family_of(proposal)}


class CriteriaPanel(Panel):
    """The round's criteria, each met or not and why. Belongs in an `AssessmentPanels`."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "budgeting_blocks/admin/criteria_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"criteria": self.form.criterion_fields()}


class AssessmentPanels(ObjectList):
    """All of an assessment's form."""

    class BoundPanel(ObjectList.BoundPanel):
        def render_missing_fields(self) -> SafeString:
            """Wagtail adds every field that no panel has named, and the criteria's names differ by round: without this they
            would stand in the form twice, and the second, untouched, would win."""
            hidden = (str(field) for field in self.form.hidden_fields())
            return mark_safe("".join(hidden))  # noqa: S308  (Django has escaped the fields)


class CommentReportsPanel(Panel):
    """The proposal that is commented on, what people have said of the comment, and the way to act on that."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "budgeting_blocks/admin/comment_reports_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            comment = self.instance
            return super().get_context_data(parent_context) | {
                "comment": comment,
                "reports": comment.reports.order_by("handled_at", "-created_at")[:50] if comment.pk else [],
                "hide_url": reverse(comment.snippet_viewset.get_url_name("unpublish"), args=[quote(comment.pk)]),
            }
