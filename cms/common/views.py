"""Pages that no room owns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The site's own page for a post that came from elsewhere or too late."""
    return render(request, "403_csrf.html", status=403)
