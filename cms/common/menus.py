"""Entries of the admin's menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from cms.common.decision import Decision


class PermittedMenuItem(MenuItem):
    """Shown to those whom `may` lets: a rule of a room's permissions, or the name of a Django permission."""

    def __init__(self, *args: Any, may: Callable[[Any], Decision] | str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may = may

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.may) if isinstance(self.may, str) else bool(self.may(request.user))
