"""Pages that no room owns."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog
from django.views.static import serve
from wagtail.admin.localization import get_localized_response


@require_safe
def public_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture. Documents are not found here: below /documents/ Wagtail asks first whether they are restricted."""
    path = posixpath.normpath(path).lstrip("/")
    if path.startswith("documents/"):
        raise Http404
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))


_script_texts = JavaScriptCatalog.as_view()


@require_safe
def admin_script_texts(request: HttpRequest) -> HttpResponse:
    """The texts of the admin's scripts in the user's language, from every catalogue, the project's last."""
    return get_localized_response(_script_texts, request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The site's own page for a post that came from elsewhere or too late."""
    return render(request, "403_csrf.html", status=403)
