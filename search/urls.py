from django.http import HttpRequest, HttpResponse
from django.urls import path


def _search(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("", _search, name="search")]
