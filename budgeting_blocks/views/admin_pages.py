"""What the coordinator's own admin pages share: a form that a service may refuse, and the frame around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.common.errors import ServiceError
from cms.users.models import User


def staff(request: HttpRequest, permission: str = "") -> User:
    """The signed-in member of staff, with the permission where one is named. Raises PermissionDenied for all others."""
    if not isinstance(request.user, User) or (permission and not request.user.has_perm(permission)):
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
    """Let nobody past a refusal."""
    if not decision:
        raise PermissionDenied


def admin_page(
    request: HttpRequest,
    template: str,
    title: str,
    *,
    back_url: str,
    subtitle: object = "",
    icon: str = "check",
    **context: Any,
) -> HttpResponse:
    """A page in the admin's frame, kept by no cache."""
    context |= {
        "page_title": title,
        "header_title": title,
        "page_subtitle": subtitle,
        "header_icon": icon,
        "back_url": back_url,
    }
    response = render(request, template, context)
    response["Cache-Control"] = "private, no-store"
    return response
