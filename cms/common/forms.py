"""The look and the common defences of every form that residents fill in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.common.formtokens import TokenCheck, check_token


class PublicFormRenderer(TemplatesSetting):
    """Renders fields with the site's own templates; the admin keeps Django's and Wagtail's."""

    field_template_name = "cms/forms/field.html"


@dataclass(frozen=True, slots=True)
class SummaryEntry:
    """One line of the error summary: `target` is the id of the element that the link leads to."""

    target: str
    message: str
    label: str = ""


class PublicForm(forms.BaseForm):
    """Mixin for `forms.Form` and `forms.ModelForm`: place it first.

    `block_id` makes element ids unique, so that two forms of a kind can stand on one page. Text fields refuse NUL bytes
    (Django does so itself). The honeypot `website` and the form token are checked by `BlockFormView`, not shown as fields.
    """

    submit_label = _("Lähetä")
    default_renderer = PublicFormRenderer

    def __init__(self, *args: Any, block_id: str = "", **kwargs: Any) -> None:
        self.block_id = block_id
        kwargs.setdefault("auto_id", f"f{block_id[:8]}-%s" if block_id else "f-%s")
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Our own messages stand beside the fields; the browser's would come first, in its own language and look.
            field.widget.use_required_attribute = lambda _initial: False  # type: ignore[method-assign]
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _what_is_missing(field)

    @property
    def summary_id(self) -> str:
        """The id of the error summary, which takes the focus when the form comes back."""
        return self.element_id("errors")

    def element_id(self, name: str) -> str:
        """An id of this form for an element that is no field: unique on the page."""
        return str(self.auto_id) % name

    def summary_entries(self) -> list[SummaryEntry]:
        """Every error of the form in the order of its fields, each with the element to mend."""
        entries = [SummaryEntry(self.summary_id, str(message)) for message in self.non_field_errors()]
        for bound in self:
            target = bound.id_for_label or bound.auto_id
            entries += [SummaryEntry(target, str(message), str(bound.label).rstrip("?.")) for message in bound.errors]
        return entries

    def token_check(self) -> TokenCheck:
        """What the posted form token is worth."""
        return check_token(self.data.get("form_token", ""))

    def is_caught_bot(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.data.get("website"))


def _what_is_missing(field: forms.Field) -> str:
    """What to do with a field that was left empty, where the form does not say it itself."""
    if isinstance(field.widget, forms.widgets.ChoiceWidget):
        many = field.widget.allow_multiple_selected
        return gettext("Valitse ainakin yksi vaihtoehto.") if many else gettext("Valitse yksi vaihtoehto.")
    return gettext("Rastita tämä kohta.") if isinstance(field, forms.BooleanField) else gettext("Täytä tämä kohta.")
