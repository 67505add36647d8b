"""The post of a form that stands in a block of a page.

The form posts to a named address, never to the page. When all is well, the view redirects (PRG). When not, it renders the
page that carried the block again, status 422, with what was typed and the errors in their place: nothing typed is stored
anywhere for that, and it works without cookies and without JavaScript.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template import Context
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Page

from cms.common.errors import ServiceError
from cms.common.forms import PublicForm
from cms.common.http import is_same_origin
from cms.common.uploads import UploadQuota

STALE_MESSAGE = "Lomake oli auki niin kauan, että se vanheni. Tarkista tiedot ja lähetä uudelleen."


def origin_for(context: Mapping[str, Any] | Context) -> str:
    """`pageid:blockid` of the block being rendered, or "" where there is no saved page (a preview)."""
    page, block_id = context.get("page"), context.get("block_id")
    return f"{page.pk}:{block_id}" if page is not None and page.pk and block_id else ""


def form_for_block(context: Mapping[str, Any] | Context, form_class: type[PublicForm], **kwargs: Any) -> PublicForm:
    """The form to show in this block: the posted one with its errors if it was just posted from here, else a fresh one."""
    block_id = str(context.get("block_id") or "")
    request: HttpRequest | None = context.get("request")
    bound: dict[str, PublicForm] = getattr(request, "bound_forms", {})
    form = bound.get(block_id)
    if isinstance(form, form_class):
        return form
    return form_class(block_id=block_id, **kwargs)


def read_origin(origin: str) -> tuple[int | None, str]:
    """The ids of the page and the block that `origin` names; nothing for anything else."""
    page_id, _colon, block_id = origin.partition(":")
    try:
        return int(page_id[:18]), str(uuid.UUID(block_id)) if block_id else ""
    except ValueError:
        return None, ""


class BlockFormView(View):
    """Base of the views that take such posts. Set `form_class`, override `form_valid`.

    Refused before `form_valid`: a post from another site (403), a forged or stale token and a filled honeypot (422, the form
    again). A `ServiceError` or `ValidationError` that `form_valid` raises lands on its field.
    """

    http_method_names = ["get", "post", "options"]
    form_class: type[PublicForm]
    standalone_template = "cms/form_page.html"
    page_title: str | Promise = ""

    # What all files of one post may weigh together; a form without a file field takes none.
    max_upload_bytes = 0
    submission_key: str = ""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        # The origin check and the signed token stand in for the CSRF cookie, which a cached page cannot set. The exemption
        # is put on the whole view: on `dispatch` it would be lost in a subclass that overrides it.
        return csrf_exempt(super().as_view(**initkwargs))

    @cached_property
    def page(self) -> Page | None:
        """The page that carried the block, as far as it is live and public. Looked up only when it is asked for: a post that
        goes through needs none."""
        page_id, _block_id = read_origin(self.request.POST.get("origin", ""))
        return Page.objects.live().public().specific().filter(pk=page_id).first() if page_id else None

    def get_form_kwargs(self) -> dict[str, Any]:
        """Extra arguments of the form, bound and fresh alike."""
        return {}

    def form_valid(self, form: PublicForm) -> HttpResponseBase:
        """Call one service and redirect."""
        raise NotImplementedError

    def before_form(self) -> HttpResponseBase | None:
        """A look at the post from this site before its form is made; an answer other than None is the last word."""
        return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The form on a page of its own, for a reload after an error and for those who saved the address."""
        return self.render_form(self.form_class(**self.get_form_kwargs()), status=200)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_same_origin(request):
            return render(request, "403_csrf.html", status=403)
        # Before the body is read: what a form does not ask for never reaches the disk.
        request.upload_handlers.insert(0, UploadQuota(request, self.max_upload_bytes))
        if (answer := self.before_form()) is not None:
            return answer
        _page_id, block_id = read_origin(request.POST.get("origin", ""))
        form = self.form_class(request.POST, request.FILES, block_id=block_id, **self.get_form_kwargs())
        token = form.token_check()
        self.submission_key = token.key
        form.full_clean()
        if not token.valid or form.is_caught_bot():
            form.add_error(None, _(STALE_MESSAGE))
        if form.is_valid():
            try:
                return self.form_valid(form)
            except ServiceError as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            except ValidationError as error:
                self._add_validation_error(form, error)
        return self.form_invalid(form)

    def form_invalid(self, form: PublicForm) -> HttpResponseBase:
        """The page that carried the block, with the form as it was sent."""
        if self.page is None:
            return self.render_form(form, status=422)
        request = self.request
        request.bound_forms = {form.block_id: form}  # type: ignore[attr-defined]
        # The page is rendered as for a visitor's own GET of its address, with its place in the menu and its breadcrumbs;
        # what was posted is in the bound form only.
        request.method = "GET"
        request.carrying_page = self.page  # type: ignore[attr-defined]
        request.path = request.path_info = self.page.get_url(request) or request.path
        response: HttpResponse = self.page.serve(request)
        if hasattr(response, "render"):
            response.render()
        if not isinstance(response, HttpResponseRedirect):
            response.status_code = 422
        response["Cache-Control"] = "private, no-store"
        return response

    def render_form(self, form: PublicForm, *, status: int) -> HttpResponse:
        """The form on a page of its own, in the site's look."""
        return render(
            self.request,
            self.standalone_template,
            {"form": form, "action": self.request.path, "title": self.page_title, **self.get_standalone_context()},
            status=status,
        )

    def get_standalone_context(self) -> dict[str, Any]:
        """More for `standalone_template`."""
        return {}

    def _add_validation_error(self, form: PublicForm, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            form.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
