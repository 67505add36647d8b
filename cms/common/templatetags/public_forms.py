"""Tags that render the site's public forms: `{% public_form %}` for a whole form, the others for hand-laid ones."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.common.formpost import origin_for
from cms.common.forms import PublicForm
from cms.common.formtokens import placeholder

register = template.Library()


def _hidden_fields(form: PublicForm, origin: str) -> SafeString:
    trap_id = form.element_id("website")
    return format_html(
        '<input type="hidden" name="form_token" value="{}"><input type="hidden" name="origin" value="{}">'
        '<div class="trap" aria-hidden="true"><label for="{}">Website</label>'
        '<input type="text" name="website" id="{}" tabindex="-1" autocomplete="off"></div>',
        placeholder(),
        origin,
        trap_id,
        trap_id,
    )


@register.simple_tag(takes_context=True)
def form_basics(context: template.Context, form: PublicForm, origin: str | None = None) -> SafeString:
    """The hidden fields that every public form needs; `origin` defaults to the block being rendered."""
    return _hidden_fields(form, origin_for(context) if origin is None else origin)


@register.inclusion_tag("cms/forms/error_summary.html")
def error_summary(form: PublicForm) -> dict[str, Any]:
    """All errors with links to their fields; renders nothing when there are none."""
    return {"form": form, "entries": form.summary_entries() if form.is_bound else []}


@register.inclusion_tag("cms/forms/form.html", takes_context=True)
def public_form(
    context: template.Context,
    form: PublicForm,
    action: str,
    origin: str | None = None,
    submit: str = "",
) -> dict[str, Any]:
    """The whole form: error summary, fields, button."""
    return {
        "form": form,
        "action": action,
        "origin_fields": form_basics(context, form, origin),
        "submit": submit or form.submit_label,
        "enctype": "multipart/form-data" if form.is_multipart() else "application/x-www-form-urlencoded",
        "method": "post",
        "request": context.get("request"),
    }


@register.simple_tag
def field(bound_field: Any) -> SafeString:
    """One field with label, hint and errors."""
    return bound_field.as_field_group()
