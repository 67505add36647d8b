"""Facts about requests and ways to answer that several rooms need."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

Answer = TypeVar("Answer", bound=HttpResponseBase)


def see_other(url: str) -> HttpResponseRedirect:
    """The answer to a post that was taken: whatever the method was, the browser gets `url` next."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def private(response: Answer, *, referrer: str = "same-origin") -> Answer:
    """Neither a cache nor a search engine keeps it. `referrer`: "no-referrer" where the address itself is the secret."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = referrer
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def client_ip(request: HttpRequest) -> str:
    """The visitor's address: the connection's own, or what the installation's trusted proxy says in CLIENT_IP_HEADER.

    Of a list ("client, proxy") the last entry counts: it is the one that our own proxy wrote.
    """
    header = settings.CLIENT_IP_HEADER
    forwarded = request.headers.get(header, "") if header else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a post comes from a page of this site, judged by headers that a foreign page cannot forge.

    Every current browser sends Sec-Fetch-Site, Origin or Referer with a post; one that brings none of them is refused.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer")
    try:
        return source is not None and urlsplit(source).netloc == request.get_host()
    except ValueError:  # no address at all
        return False


class PlainQueryMiddleware:
    """Takes NUL signs out of the address's query: they mean nothing in it, and PostgreSQL refuses a search for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\0", "")
        return self.get_response(request)
