"""A chooser for records that not all staff may see: Wagtail's own lists every draft to whoever enters the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.permissions import policy_registry
from wagtail.snippets.views import chooser


class _Guarded:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policy = policy_registry.get_by_type(self.model_class)  # type: ignore[attr-defined]
        if not policy.user_has_any_permission(request.user, {"add", "change", "delete", "view"}):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class _ChooseView(_Guarded, chooser.ChooseView): ...


class _ChooseResultsView(_Guarded, chooser.ChooseResultsView): ...


class _ChosenView(_Guarded, chooser.SnippetChosenView): ...


class _ChosenMultipleView(_Guarded, chooser.SnippetChosenMultipleView): ...


class GuardedChooserViewSet(chooser.SnippetChooserViewSet):
    """Set it as a viewset's `chooser_viewset_class`."""

    choose_view_class = _ChooseView
    choose_results_view_class = _ChooseResultsView
    chosen_view_class = _ChosenView
    chosen_multiple_view_class = _ChosenMultipleView
