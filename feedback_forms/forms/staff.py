"""The forms of the case page in the admin. Each carries the version of the case that the person saw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback_forms.models import Case, PublicFeedback, Topic
from feedback_forms.models.cases import TEXT_MAX_LENGTH


class CaseActionForm(forms.Form):
    """Base: only the version."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        kwargs.setdefault("initial", {}).setdefault("version", case.version)
        super().__init__(*args, **kwargs)


class AnswerForm(CaseActionForm):
    text = forms.CharField(
        label=_("Vastaus"),
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Näkyy lähettäjälle seurantakoodilla, ja lähtee sähköpostiin, jos hän pyysi. Ei voi muuttaa jälkeenpäin."
        ),
    )


class MoveForm(CaseActionForm):
    topic = forms.ModelChoiceField(
        label=_("Uusi aihe"),
        queryset=Topic.objects.none(),
        help_text=_("Palaute siirtyy aiheen yksikölle. Vastauksen määräaika ei muutu."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["topic"].queryset = Topic.objects.active().exclude(pk=case.topic_id)  # type: ignore[attr-defined]


class PublicationForm(CaseActionForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Otsikko"), max_length=120)
    question = forms.CharField(
        label=_("Palaute julkisena"),
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Poista nimet, puhelinnumerot ja muut tiedot, joista ihmisen tunnistaa."),
    )
    answer = forms.CharField(
        label=_("Vastaus julkisena"), max_length=TEXT_MAX_LENGTH, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, case: Case, public_copy: PublicFeedback | None, answer: str, **kwargs: Any) -> None:
        draft = public_copy.get_latest_revision_as_object() if public_copy else None
        kwargs["initial"] = {
            "revision": public_copy.latest_revision_id if public_copy else None,
            "title": draft.title if draft else "",
            "question": draft.question if draft else case.text,
            "answer": draft.answer if draft else answer,
        }
        super().__init__(*args, case=case, **kwargs)
