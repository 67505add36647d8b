"""The author changes a proposal behind its private link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from budgeting_blocks.forms.proposals import EditForm, text_from
from budgeting_blocks.permissions import can_edit_own_proposal
from budgeting_blocks.selectors.citymap import city_map
from budgeting_blocks.selectors.proposals import Followed, followed_proposal, returned_at
from budgeting_blocks.services.editing import edit_proposal
from budgeting_blocks.services.follow import hash_token
from budgeting_blocks.services.proposals import ProposalError
from budgeting_blocks.views.shared import private, unknown_link
from cms.common import ratelimit
from cms.common.formpost import BlockFormView
from cms.common.forms import PublicForm
from cms.common.http import client_ip, see_other
from cms.common.photos import MAX_BYTES

EDITS_PER_ADDRESS = 60
HOUR = 60 * 60


class EditView(BlockFormView):
    """All on one page. The published text stays until a moderator has seen the new one."""

    form_class = EditForm
    standalone_template = "budgeting_blocks/proposals/edit.html"
    page_title = gettext_lazy("Muokkaa ehdotustasi")
    max_upload_bytes = MAX_BYTES + 1
    followed: Followed

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        followed = followed_proposal(hash_token(kwargs["token"]))
        if followed is None:
            return unknown_link(request)
        self.followed = followed
        return private(super().dispatch(request, *args, **kwargs))

    def get_form_kwargs(self) -> dict[str, Any]:
        proposal, draft = self.followed.proposal, self.followed.draft
        kwargs: dict[str, Any] = {"round": proposal.round, "has_photo": draft.photo_id is not None}
        if self.request.method == "GET":
            names = ("title", "summary", "description", "place", "latitude", "longitude")
            kwargs["initial"] = {name: getattr(draft, name) for name in names} | {
                "theme": draft.theme_id,
                "area": draft.area_id,
                "photo_alt": draft.photo.alt if draft.photo else "",
                "criteria": list(proposal.criteria.values_list("pk", flat=True)),
                "seen": proposal.latest_revision_id,
            }
        return kwargs

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        assert isinstance(form, EditForm)  # noqa: S101  (the form_class above)
        limited = ratelimit.check("propose-edit-address", client_ip(self.request), EDITS_PER_ADDRESS, HOUR)
        if not limited:
            raise ProposalError(limited.reason)
        data: dict[str, Any] = form.cleaned_data
        edit_proposal(
            proposal=self.followed.proposal,
            text=text_from(data),
            seen_revision=data["seen"],
            photo=data.get("photo"),
            photo_alt=data["photo_alt"],
            remove_photo=form.wants_photo_removed(),
        )
        url = reverse("budgeting:proposal_follow", args=[self.kwargs["token"]])
        return see_other(f"{url}?muutettu=1")

    def get_standalone_context(self) -> dict[str, Any]:
        proposal = self.followed.proposal
        token = self.kwargs["token"]
        return {
            "followed": self.followed,
            "proposal": proposal,
            "round": proposal.round,
            "closed": can_edit_own_proposal(proposal, returned_at(proposal), timezone.now()).reason,
            "map": city_map(),
            "photo_url": reverse("budgeting:followed_photo", args=[token]),
            "back_url": reverse("budgeting:proposal_follow", args=[token]),
        }
