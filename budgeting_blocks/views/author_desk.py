"""What an author does on their private page: answer the city, object to a merge."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.forms.merging import AnswerForm, ObjectionForm
from budgeting_blocks.models import ProposalContact, ProposalMerge, ScreeningQuestion
from budgeting_blocks.services.asking import answer_question
from budgeting_blocks.services.follow import hash_token
from budgeting_blocks.services.merging import object_to_merge
from budgeting_blocks.views.shared import private
from cms.common import ratelimit
from cms.common.errors import ServiceError
from cms.common.formpost import BlockFormView
from cms.common.forms import PublicForm
from cms.common.http import client_ip, see_other

POSTS_PER_ADDRESS = 30
HOUR = 60 * 60


class AuthorView(BlockFormView):
    """Takes a form of the private page. An unknown link, and what is not this author's, is not found."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        contact = ProposalContact.objects.filter(follow_hash=hash_token(kwargs["token"])).first()
        if contact is None:
            raise Http404
        self.contact = contact
        self.back_url = reverse("budgeting:proposal_follow", args=[kwargs["token"]])
        return private(super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The forms stand on the private page."""
        return HttpResponseRedirect(self.back_url)

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        limited = ratelimit.check("author-desk", client_ip(self.request), POSTS_PER_ADDRESS, HOUR)
        if not limited:
            raise ServiceError(limited.reason)
        self.act(form)
        return see_other(self.back_url)

    def act(self, form: PublicForm) -> None:
        """Call one service."""
        raise NotImplementedError


class AnswerView(AuthorView):
    form_class = AnswerForm
    page_title = _("Vastaa kaupungin kysymykseen")

    def act(self, form: PublicForm) -> None:
        try:
            answer_question(contact=self.contact, question=self.kwargs["question"], text=form.cleaned_data["answer"])
        except ScreeningQuestion.DoesNotExist as error:
            raise Http404 from error


class ObjectView(AuthorView):
    form_class = ObjectionForm
    page_title = _("Vastusta yhdistämistä")

    def act(self, form: PublicForm) -> None:
        try:
            object_to_merge(contact=self.contact, merge=self.kwargs["merge"], text=form.cleaned_data["text"])
        except ProposalMerge.DoesNotExist as error:
            raise Http404 from error
