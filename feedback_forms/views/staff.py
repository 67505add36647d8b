"""The inbox and the case page in the admin. Another unit's case does not exist here: 404 everywhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.common.errors import ServiceError
from feedback_forms import services
from feedback_forms.choices import OPEN_CASE_STATES, CaseState
from feedback_forms.domain.cases import Action
from feedback_forms.forms.staff import AnswerForm, CaseActionForm, MoveForm, PublicationForm
from feedback_forms.models import Case, CaseContact, PublicFeedback
from feedback_forms.permissions import can_act, can_propose_publication, can_see_contact
from feedback_forms.querysets import VIEW_CASES
from feedback_forms.selectors import history_of, inbox_of, open_first

ACTION_LABELS = {
    Action.START: gettext_lazy("Ota käsittelyyn"),
    Action.ANSWER: gettext_lazy("Vastaa"),
    Action.MOVE: gettext_lazy("Siirrä toiseen aiheeseen"),
    Action.CLOSE: gettext_lazy("Päätä käsittely"),
    Action.REOPEN: gettext_lazy("Avaa uudelleen"),
}
PROPOSE = "propose"
DONE_MESSAGES = {
    Action.START: gettext_lazy("Palaute on nyt käsittelyssä."),
    Action.ANSWER: gettext_lazy("Vastaus on lähetetty."),
    Action.MOVE: gettext_lazy("Palaute on siirretty."),
    Action.CLOSE: gettext_lazy("Käsittely on päätetty."),
    Action.REOPEN: gettext_lazy("Palaute on avattu uudelleen."),
    PROPOSE: gettext_lazy("Julkinen versio odottaa nyt tarkistusta."),
}


class CaseColumn(TitleColumn):
    """The number, leading to the case page."""

    def get_link_url(self, instance: Case, parent_context: Any) -> str:
        return reverse("feedback_cases:inspect", args=[instance.pk])


def _due_text(case: Case) -> str:
    """The last day for an answer, and whether it has passed with the case still open."""
    day = date_format(timezone.localtime(case.due_at), "j.n.Y")
    is_late = case.state in OPEN_CASE_STATES and case.due_at < timezone.now()
    return _("%(day)s (myöhässä)") % {"day": day} if is_late else day


CASE_COLUMNS = [
    CaseColumn("reference", label=gettext_lazy("Numero"), sort_key="reference"),
    Column("kind", label=gettext_lazy("Laji"), accessor="get_kind_display", sort_key="kind"),
    Column("topic", label=gettext_lazy("Aihe"), accessor="topic.name", sort_key="topic__name"),
    Column("state", label=gettext_lazy("Tila"), accessor="get_state_display", sort_key="state"),
    DateColumn("received_at", label=gettext_lazy("Saapunut"), sort_key="received_at"),
    Column("due_at", label=gettext_lazy("Vastattava viimeistään"), accessor=_due_text, sort_key="due_at"),
]


class CaseIndexView(IndexView):
    """The user's cases: open ones first, the next to fall due on top."""

    def get_base_queryset(self) -> Any:
        return inbox_of(self.request.user)

    def order_queryset(self, queryset: Any) -> Any:
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return open_first(queryset)


class CaseMixin:
    """Finds the case among those that the user may see."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(VIEW_CASES):
            raise PermissionDenied
        self.case = get_object_or_404(inbox_of(request.user), pk=self.kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class CaseView(CaseMixin, WagtailAdminTemplateMixin, TemplateView):
    """Everything about one case and what can be done to it. Contact details only after a logged look."""

    template_name = "feedback_forms/admin/case.html"
    page_title = gettext_lazy("Palaute")
    header_icon = "mail"
    contact: CaseContact | None = None
    contact_shown = False
    bound: dict[str, forms.Form]
    error = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.bound = {}

    def get_page_subtitle(self) -> str:
        return self.case.reference

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("feedback_cases:index"), "label": _("Palautteet")},
            {"url": "", "label": self.case.reference},
        ]

    def form_for(self, action: str, data: Any = None) -> forms.Form:
        """The form of an action, bound when it was just posted."""
        if action in self.bound:
            return self.bound[action]
        kwargs: dict[str, Any] = {"case": self.case, "auto_id": f"{action}-%s"}
        if action == Action.ANSWER:
            return AnswerForm(data, **kwargs)
        if action == Action.MOVE:
            return MoveForm(data, **kwargs)
        if action == PROPOSE:
            last = self.case.messages.last()
            return PublicationForm(data, public_copy=self.public_copy(), answer=last.text if last else "", **kwargs)
        return CaseActionForm(data, **kwargs)

    def public_copy(self) -> PublicFeedback | None:
        return PublicFeedback.objects.filter(case=self.case).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, case = self.request.user, self.case
        decisions = {action: can_act(user, case, action) for action in Action}
        public_copy = self.public_copy()
        proposal = can_propose_publication(user, case)
        waits = public_copy is not None and public_copy.workflow_in_progress
        simple = (Action.START, Action.CLOSE, Action.REOPEN)
        # What was typed stays on the page also when the act is not possible any more.
        return super().get_context_data(
            case=case,
            now=timezone.now(),
            photos=case.photos.all(),
            answers=case.messages.select_related("author"),
            history=history_of(case),
            error=self.error,
            simple_actions=[
                {"name": action.value, "label": ACTION_LABELS[action], "form": self.form_for(action)}
                for action in simple
                if decisions[action]
            ],
            close_reason=decisions[Action.CLOSE].reason if case.state == CaseState.IN_HANDLING else "",
            answer_form=self.form_for(Action.ANSWER)
            if decisions[Action.ANSWER] or Action.ANSWER in self.bound
            else None,
            move_form=self.form_for(Action.MOVE) if decisions[Action.MOVE] or Action.MOVE in self.bound else None,
            proposal_form=self.form_for(PROPOSE) if (proposal and not waits) or PROPOSE in self.bound else None,
            proposal_reason=proposal.reason,
            public_copy=public_copy,
            public_waits=waits,
            review_comment=_last_comment(public_copy),
            contact=self.contact,
            contact_shown=self.contact_shown,
            may_see_contact=bool(can_see_contact(user, case)) and case.wants_answer,
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


def _last_comment(copy: PublicFeedback | None) -> str:
    """What a moderator wrote when the copy was sent back."""
    state = copy.current_workflow_state if copy else None
    if state is None or state.status != state.STATUS_NEEDS_CHANGES or state.current_task_state is None:
        return ""
    return state.current_task_state.comment or _("Moderaattori pyysi muutoksia.")


class CaseActionView(CaseView):
    """Does one action. When it is refused, the case page comes back with what was typed and the reason."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        action = self.kwargs["action"]
        if action not in (*Action, PROPOSE):
            raise Http404
        form = self.form_for(action, request.POST)
        if form.is_valid():
            try:
                self._do(action, form.cleaned_data)
            except ServiceError as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, DONE_MESSAGES[action])
                return HttpResponseRedirect(self._next_url())
        self.bound = {action: form}
        self.error = " ".join(str(error) for error in form.non_field_errors())
        self.case = inbox_of(request.user).get(pk=self.case.pk)
        return self.render_to_response(self.get_context_data(), status=422)

    def _do(self, action: str, data: dict[str, Any]) -> None:
        common = {"user": self.request.user, "case": self.case, "expected_version": data["version"]}
        if action == Action.START:
            services.start_handling(**common)
        elif action == Action.ANSWER:
            services.answer_case(**common, text=data["text"])
        elif action == Action.MOVE:
            services.move_case(**common, topic=data["topic"])
        elif action == Action.CLOSE:
            services.close_case(**common)
        elif action == Action.REOPEN:
            services.reopen_case(**common)
        else:
            texts = {name: data[name] for name in ("title", "question", "answer")}
            services.propose_publication(**common, **texts, expected_revision=data["revision"])

    def _next_url(self) -> str:
        """The case, or the inbox when it went to a unit whose cases this person does not see."""
        still_seen = inbox_of(self.request.user).filter(pk=self.case.pk).exists()
        return reverse("feedback_cases:inspect", args=[self.case.pk]) if still_seen else reverse("feedback_cases:index")


class ContactView(CaseView):
    """Shows the sender's contact details once, and writes the look into the history."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.contact = services.look_at_contact(user=request.user, case=self.case)
        except ServiceError as error:
            raise Http404 from error
        self.contact_shown = True
        return self.render_to_response(self.get_context_data())


class PhotoView(CaseMixin, TemplateView):
    """A photo of a case."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        photo = get_object_or_404(self.case.photos, pk=self.kwargs["photo_pk"])
        try:
            file = photo.file.open("rb")
        except OSError as error:
            raise Http404 from error
        response = FileResponse(file, content_type="image/jpeg", filename=f"{self.case.reference}.jpg")
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response
