"""What the organisers of a panel fill in. What residents rely on already can be changed only with a reason."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from cms.common.datehints import MOMENT
from participation_pages.panels.choices import ChangeKind
from participation_pages.panels.domain.schedule import Window
from participation_pages.panels.models import Panel, PanelSession
from participation_pages.panels.selectors import has_applications

Features = dict[str, tuple[bool, frozenset[str]]]


def _live_features(panel: Panel) -> Features:
    features = panel.features.get_live_queryset().prefetch_related("values")
    return {f.label: (f.may_decline, frozenset(f.as_rule().values)) for f in features}


class PanelForm(WagtailAdminModelForm):
    """A panel's texts and plan. Refuses to move an announced call silently, and to change the questions under answers."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        published = Panel.objects.filter(pk=self.instance.pk, live=True).first() if self.instance.pk else None
        if published is None:
            return cleaned
        self._keep_announced_call(published, cleaned)
        if has_applications(published):
            self._keep_questions(published, cleaned)
        return cleaned

    def _keep_announced_call(self, published: Panel, cleaned: dict[str, Any]) -> None:
        begun = published.call_opens_at is not None and published.call_opens_at <= timezone.now()
        if not begun and not published.changes.filter(session__isnull=True).exists():
            return
        for name in ("call_opens_at", "call_closes_at"):
            if name in cleaned and cleaned[name] != getattr(published, name):
                self.add_error(
                    name,
                    gettext(
                        "Hakuaika on jo ilmoitettu. Siirrä tai peru haku raadin aikataulussa, jotta syy jää näkyviin."
                    ),
                )

    def _keep_questions(self, published: Panel, cleaned: dict[str, Any]) -> None:
        if cleaned.get("minimum_age", published.minimum_age) != published.minimum_age:
            self.add_error("minimum_age", gettext("Raatiin on jo haettu, joten alaikärajaa ei voi muuttaa."))
        if "features" in self.formsets and self._posted_features() != _live_features(published):
            self.add_error(
                None, gettext("Raatiin on jo haettu, joten taustatietoja ja niiden vaihtoehtoja ei voi muuttaa.")
            )

    def _posted_features(self) -> Features:
        posted: Features = {}
        for form in self.formsets["features"].forms:
            if form.is_valid() and form.cleaned_data.get("label") and not form.cleaned_data.get("DELETE"):
                values = (sub.cleaned_data for sub in form.formsets["values"].forms if sub.is_valid())
                labels = (data["label"] for data in values if data.get("label") and not data.get("DELETE"))
                posted[form.cleaned_data["label"]] = (bool(form.cleaned_data.get("may_decline")), frozenset(labels))
        return posted


class PanelSessionForm(WagtailAdminModelForm):
    """A session as planned. Once its time was changed with a reason, the plan stays as it was."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        planned = PanelSession.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if planned is not None and (planned.changes.exists() or planned.starts_at <= timezone.now()):
            for name in ("panel", "starts_at", "ends_at"):
                if name in cleaned and cleaned[name] != getattr(planned, name):
                    self.add_error(
                        name, gettext("Siirrä tai peru istunto raadin aikataulussa, jotta syy jää näkyviin.")
                    )
        return cleaned


class ChangeForm(forms.Form):
    """Postpones or cancels a call or a session."""

    kind = forms.ChoiceField(label=_("Mitä tapahtuu"), choices=ChangeKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Syy"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Näkyy kaikille.")
    )
    starts_at = forms.DateTimeField(
        label=_("Uusi alku"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Vain kun siirrät. Jätä uusi aika tyhjäksi, jos sitä ei vielä tiedetä."),
    )
    ends_at = forms.DateTimeField(label=_("Uusi loppu"), required=False, widget=AdminDateTimeInput, help_text=MOMENT)
    # How many changes there were when the form was opened: the second of two at once is told.
    known_changes = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if cleaned.get("kind") == ChangeKind.CANCELLED and (starts_at or ends_at):
            self.add_error("starts_at", gettext("Perutulla ei ole uutta aikaa. Tyhjennä ajat tai valitse ”Siirretty”."))
        elif bool(starts_at) != bool(ends_at) and not {"starts_at", "ends_at"} & self.errors.keys():
            self.add_error("starts_at", gettext("Kirjoita sekä uusi alku että loppu, tai jätä molemmat tyhjiksi."))
        return cleaned

    def window(self) -> Window | None:
        """The new time, None when left open."""
        starts_at, ends_at = self.cleaned_data["starts_at"], self.cleaned_data["ends_at"]
        return Window(starts_at, ends_at) if starts_at and ends_at else None
