"""The broker's own addresses, and a page on which one chooses who to be."""

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path
from django.utils.html import format_html, format_html_join

from tests.broker.people import PEOPLE


def choose(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the people by a press of a button."""
    if request.method == "POST":
        login(request, User.objects.get(username=request.POST["person"]), "django.contrib.auth.backends.ModelBackend")
        return HttpResponseRedirect(request.get_full_path().partition("next=")[2] and request.GET["next"])
    buttons = format_html_join(
        "", '<p><button name="person" value="{}">{}</button></p>', ((key, who["name"]) for key, who in PEOPLE.items())
    )
    page = '<!doctype html><html lang="fi"><title>Esittelyn tunnistus</title><h1>Kuka olet?</h1><form method="post">{}</form>'
    return HttpResponse(format_html(page, buttons))


urlpatterns = [path("", choose), path("", include("allauth.idp.urls"))]
