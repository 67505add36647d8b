"""Addresses that belong to the site as a whole."""

import secrets

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.css import city_stylesheet
from home.selectors import settings_for

YEAR_SECONDS = 365 * 24 * 60 * 60


@require_safe
def city_css(request: HttpRequest) -> HttpResponse:
    """The city's colours. The address carries a hash of them, so browsers may keep it for good."""
    response = HttpResponse(
        city_stylesheet(settings_for(Site.find_for_request(request))), content_type="text/css; charset=utf-8"
    )
    immutable = "v" in request.GET
    response["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable" if immutable else "no-cache"
    return response


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What crawlers may read, and where the sitemap is. Search pages say noindex themselves, which must stay readable."""
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Browsers that ask for /favicon.ico without reading the page."""
    return HttpResponseRedirect(static("cms/img/favicon.svg"))


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except Exception:  # whatever a driver raises, the answer is no
        return False


def _shared_cache_keeps() -> bool:
    value = secrets.token_hex(8)
    try:
        caches["shared"].set("healthz", value, 30)
        return caches["shared"].get("healthz") is not None
    except Exception:  # as above
        return False


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database and the shared cache answer, else 503. Says which one failed, never why."""
    parts = {"database": _database_answers(), "cache": _shared_cache_keeps()}
    healthy = all(parts.values())
    return JsonResponse({"healthy": healthy, **parts}, status=200 if healthy else 503)
