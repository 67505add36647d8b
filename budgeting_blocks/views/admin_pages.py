"""What the voting pages of the admin share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin import messages

from cms.common.errors import ServiceError
from cms.users.models import User

ADMIN = "budgeting_blocks/voting/admin"


def staff_of(request: HttpRequest) -> User:
    """The signed-in member of staff; nobody else comes past Wagtail's door."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def try_form(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> Any:
    """What `act` gives for a good form; None when the form is fresh, or holds the errors."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except ServiceError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    except ValidationError as error:
        for name, errors in getattr(error, "error_dict", {"__all__": error}).items():
            form.add_error(name if name in form.fields else None, errors)
    return None


def require(decision: object) -> None:
    """403 for a refusal."""
    if not decision:
        raise PermissionDenied


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """Back to the overview, with the reason."""
    messages.error(request, reason)
    return redirect("budgeting_voting:overview")


def admin_page(request: HttpRequest, template: str, title: str, subtitle: object = "", **context: Any) -> HttpResponse:
    """A page of voting, never stored by any cache."""
    context |= {
        "page_title": title,
        "header_title": title,
        "page_subtitle": subtitle,
        "header_icon": "check",
        "back_url": reverse("budgeting_voting:overview"),
    }
    response = render(request, f"{ADMIN}/{template}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
