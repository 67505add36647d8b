"""The admin's look and front page."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from laces.components import Component
from wagtail import hooks

from cms.common.dashboard import register_waiting
from home.dashboard import WaitingPanel, pages_awaiting_review

register_waiting(pages_awaiting_review)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WaitingPanel())


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("home/css/admin.css"))
