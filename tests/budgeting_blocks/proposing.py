"""Making a proposal through all its steps, as a browser without JavaScript does."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from cms.common.formtokens import make_token

STEPS = {
    "idea": ("title", "summary", "theme"),
    "kuvaus": ("description", "area", "place", "latitude", "longitude", "photo", "photo_alt"),
    "tiedot": ("criteria", "email"),
}


def step_data(data: dict[str, Any], step: str) -> dict[str, Any]:
    """The part of the whole answer that this step asks, with a fresh page's token."""
    fields = {name: data[name] for name in STEPS[step] if name in data}
    return {"form_token": data.get("form_token") or make_token(), "origin": data.get("origin", ""), **fields}


def begin(browser: Client, url: str, data: dict[str, Any]) -> str:
    """Send the first step; the address of the second."""
    response = browser.post(url, step_data(data, "idea"))
    assert response.status_code == 303, response.content.decode()
    return response["Location"]


def walk_to_review(browser: Client, url: str, data: dict[str, Any]) -> str:
    """All steps but the sending; the address of the last page."""
    address = begin(browser, url, data)
    for step in ("kuvaus", "tiedot"):
        response = browser.post(address, step_data(data, step))
        assert response.status_code == 303, response.content.decode()
        address = response["Location"]
    return address


def propose(browser: Client, url: str, data: dict[str, Any]) -> HttpResponse:
    """The answer to the last step, which sends the proposal."""
    return browser.post(walk_to_review(browser, url, data), {"form_token": make_token()})
