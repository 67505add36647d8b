"""The admin's look and front page."""

from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from laces.components import Component
from wagtail import hooks
from wagtail.models import Page

from cms.common.dashboard import register_waiting
from home.dashboard import WaitingPanel, pages_awaiting_review

register_waiting(pages_awaiting_review)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WaitingPanel())


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("home/css/admin.css"))


@hooks.register("insert_global_admin_js")
def admin_js() -> SafeString:
    return format_html('<script src="{}"></script>', static("home/js/admin.js"))


@hooks.register("before_serve_page")
def keep_to_the_language(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> None:
    """A language without a page tree of its own is no address: Wagtail would serve the first language's pages there."""
    if page.locale.language_code != get_language():
        raise Http404
