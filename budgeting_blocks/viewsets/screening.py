"""The board of proposals to assess: the coordinator's whole, and each unit's own part."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from budgeting_blocks.choices import WAITING_STATES, ScreeningState
from budgeting_blocks.forms.screening import NoteForm, QuestionForm, ScreeningForm, differences
from budgeting_blocks.models import Round, Screening
from budgeting_blocks.permissions.screening import can_ask_author, can_assign_screening
from budgeting_blocks.permissions.words import euros_text
from budgeting_blocks.selectors.screening import board, by_due_date, late, waiting
from budgeting_blocks.services.assessing import KEEP
from budgeting_blocks.services.screening import StaleScreening, record_screening
from budgeting_blocks.sheets import day_text
from budgeting_blocks.viewsets.panels import AssessmentPanels, CriteriaPanel, ProposalTextPanel
from budgeting_blocks.viewsets.serviceedit import ServiceEditView
from cms.common.datehints import DAY
from cms.common.errors import ServiceError
from cms.users.models import Unit

ASSIGN = "budgeting_blocks.assign_screening"


class ScreeningFilterSet(WagtailFilterSet):
    only = django_filters.MultipleChoiceFilter(
        label=_("Rajaus"),
        choices=[
            ("waiting", _("Arvioimatta")),
            ("mine", _("Oman yksikköni")),
            ("late", _("Myöhässä")),
            ("unassigned", _("Ilman yksikköä")),
            ("asked", _("Kysymys odottaa vastausta")),
            ("answered", _("Ehdottaja on vastannut")),
        ],
        method="filter_only",
        widget=forms.CheckboxSelectMultiple,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("Tila"), choices=ScreeningState.choices, widget=forms.CheckboxSelectMultiple
    )
    round = django_filters.ModelChoiceFilter(
        label=_("Kierros"),
        field_name="proposal__round",
        queryset=Round.objects.all(),
        empty_label=_("Kaikki"),
        widget=forms.RadioSelect,
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Vastuuyksikkö"), queryset=Unit.objects.all(), empty_label=_("Kaikki"), widget=forms.RadioSelect
    )

    class Meta:
        model = Screening
        fields: list[str] = []

    def filter_only(self, queryset: QuerySet[Screening], _name: str, chosen: list[str]) -> QuerySet[Screening]:
        """Each choice narrows further: ”mine” and ”late” are my late ones."""
        narrowed = {
            "waiting": waiting,
            "mine": lambda found: found.filter(unit__in=self.request.user.units.all()),
            "late": late,
            "unassigned": lambda found: found.filter(unit=None),
            "asked": lambda found: found.filter(is_asked=True),
            "answered": lambda found: found.filter(is_answered=True),
        }
        for name in chosen:
            queryset = narrowed[name](queryset)
        return queryset


class QuestionColumn(Column):
    """Whether the author was asked something, and has answered."""

    def get_value(self, instance: Screening) -> str:
        if getattr(instance, "is_asked", False):
            return gettext("Odottaa vastausta")
        return gettext("Vastattu") if getattr(instance, "is_answered", False) else ""


class DueColumn(Column):
    """The due date; one that has passed says so in words."""

    def get_value(self, instance: Screening) -> str:
        day = day_text(instance.due_on)
        return gettext("%(day)s, myöhässä") % {"day": day} if instance.is_late else day


def cost_words(screening: Screening) -> str:
    return "" if screening.cost is None else euros_text(screening.cost)


class ScreeningIndexView(generic.IndexView):
    # The board's own sheet goes out by `views.screening_admin.export`, whose cells are never formulas.
    FORMATS = ()
    template_name = "budgeting_blocks/admin/screening_index.html"

    def get_base_queryset(self) -> QuerySet[Screening]:
        return board(self.request.user)

    def order_queryset(self, queryset: QuerySet[Screening]) -> QuerySet[Screening]:
        return super().order_queryset(queryset) if self.is_explicitly_ordered else by_due_date(queryset)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        chooser = [BulkActionsCheckboxColumn("bulk_actions", obj_type="screening")] if self.shares_out else []
        return [*chooser, *super().columns]

    @cached_property
    def shares_out(self) -> bool:
        return bool(can_assign_screening(self.request.user))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return []

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        query = self.request.GET.urlencode()
        url = reverse("budgeting_assessing:export") + (f"?{query}" if query else "")
        return [
            *super().header_more_buttons,
            Button(_("Lataa tämä luettelo taulukkona (XLSX)"), url=url, icon_name="download", priority=10),
            Button(_("Tuo taulukko"), url=reverse("budgeting_assessing:import"), icon_name="upload", priority=20),
        ]


class ScreeningEditView(ServiceEditView):
    """Saves through the service, so that its rules, log and mail hold here as well."""

    template_name = "budgeting_blocks/admin/screening_edit.html"
    success_message = _("Arviointi on tallennettu.")
    # Questions and notes below have buttons of their own.
    submit_button_label = _("Tallenna arviointi")

    def get_queryset(self) -> QuerySet[Screening]:
        """Another unit's assessments are not found."""
        return board(self.request.user).prefetch_related("findings")

    def save_instance(self) -> Screening:
        data = self.form.cleaned_data
        return record_screening(
            proposal=Screening.objects.select_related("proposal__round").get(pk=self.object.pk).proposal,
            state=data["state"],
            cost=data["cost"],
            reasons=data["reasons"],
            cost_explanation=data["cost_explanation"],
            upkeep=data["upkeep"],
            upkeep_explanation=data["upkeep_explanation"],
            unit=data.get("unit", KEEP) if "unit" in self.form.fields else KEEP,
            due_on=data.get("due_on", KEEP) if "due_on" in self.form.fields else KEEP,
            pot=data.get("pot", KEEP) if "pot" in self.form.fields else KEEP,
            findings=self.form.findings(),
            version=data["version"],
            user=self.request.user,
        )

    def show_refusal(self, form: ScreeningForm, error: ServiceError) -> None:
        super().show_refusal(form, error)
        if error.field == "pot" and "pot" not in form.fields:
            form.add_error(
                None,
                gettext("Osuuden valitsee koordinaattori. Pyydä häntä valitsemaan se ja tallenna sitten uudelleen."),
            )
        if isinstance(error, StaleScreening):
            for name, value in differences(form, error.screening).items():
                form.add_error(name, gettext("Sillä välin tallennettu: %(value)s") % {"value": value})

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        # What was asked and noted, below the form.
        screening, asking = self.object, can_ask_author(self.request.user, self.object)
        return super().get_context_data(**kwargs) | {
            "question_url": reverse("budgeting_assessing:ask", args=[screening.pk]),
            "note_url": reverse("budgeting_assessing:note", args=[screening.pk]),
            "questions": screening.questions.select_related("asked_by"),
            "notes": screening.notes.select_related("author"),
            "question_form": QuestionForm(prefix="question", auto_id="question-%s") if asking else None,
            "why_no_question": asking.reason,
            "note_form": NoteForm(prefix="note", auto_id="note-%s"),
        }


class ScreeningViewSet(ModelViewSet):
    """Every proposal that has been published has its row; nobody adds or deletes them."""

    model = Screening
    name = "budgeting_screening"
    url_prefix = "budgeting/screening"
    icon = "clipboard-list"
    menu_label = _("Arviointi")
    index_view_class = ScreeningIndexView
    edit_view_class = ScreeningEditView
    index_template_name = "budgeting_blocks/admin/screening_index.html"
    edit_template_name = "budgeting_blocks/admin/screening_edit.html"
    filterset_class = ScreeningFilterSet
    search_fields = ["proposal__title"]
    list_per_page = 50
    copy_view_enabled = False
    list_display = [
        TitleColumn(
            "proposal",
            label=_("Ehdotus"),
            url_name="budgeting_screening:edit",
            width="30%",
            get_title_id=lambda screening: f"screening_{screening.pk}_title",
        ),
        Column("proposal.round", label=_("Kierros")),
        Column("unit", label=_("Vastuuyksikkö"), sort_key="unit"),
        DueColumn("due_on", label=_("Määräpäivä"), sort_key="due_on"),
        Column("get_state_display", label=_("Tila"), sort_key="state"),
        Column("cost", label=_("Kustannusarvio"), accessor=cost_words, sort_key="cost"),
        QuestionColumn("question", label=_("Kysymys")),
    ]
    edit_handler = AssessmentPanels(
        [
            ProposalTextPanel(heading=_("Ehdotus")),
            MultiFieldPanel(
                [
                    FieldPanel("unit", permission=ASSIGN),
                    FieldPanel("due_on", permission=ASSIGN, help_text=DAY),
                    FieldPanel("pot", permission=ASSIGN),
                ],
                heading=_("Kuka arvioi ja milloin"),
            ),
            CriteriaPanel(heading=_("Kriteerit")),
            MultiFieldPanel(
                [
                    FieldPanel("cost"),
                    FieldPanel("cost_explanation"),
                    FieldPanel("upkeep"),
                    FieldPanel("upkeep_explanation"),
                ],
                heading=_("Kustannukset"),
            ),
            MultiFieldPanel([FieldPanel("state"), FieldPanel("reasons")], heading=_("Päätös")),
        ],
        base_form_class=ScreeningForm,
    )

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        absent = ("add_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**kwargs) | dict.fromkeys(absent)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = ("index", "index_results", "edit")
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]


def waiting_query() -> str:
    """The list's filter for what nobody has decided on."""
    return "&".join(f"state={state.value}" for state in WAITING_STATES)
