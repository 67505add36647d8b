"""Forms as the browser gets them: what stands in the HTML is what is posted."""

from __future__ import annotations

from collections import Counter

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse

# Controls of one name that are one question: each adds a value, or one of them is chosen.
_GROUPS = ("radio", "checkbox")
_SENDS_NOTHING = ("submit", "button", "reset", "image", "file")


def forms_of(response: HttpResponse) -> list[Tag]:
    """The page's forms that post."""
    page = BeautifulSoup(response.content, "html.parser")
    return [form for form in page.find_all("form") if form.get("method", "").lower() == "post"]


def form_with(response: HttpResponse, name: str) -> Tag:
    """The form that has this field."""
    (form,) = (form for form in forms_of(response) if form.find(attrs={"name": name}))
    return form


def names_given_twice(form: Tag) -> list[str]:
    """Fields that the form holds more than once, so that one of them hides what was written in the other."""
    controls = [control for control in _controls(form) if control.get("type") not in (*_GROUPS, *_SENDS_NOTHING)]
    counted = Counter(str(control["name"]) for control in controls)
    return [name for name, times in counted.items() if times > 1]


def as_posted(form: Tag, **typed: str) -> dict[str, list[str]]:
    """What the browser would send. `typed` is written into the first field of the name, as the person sees it."""
    sent: dict[str, list[str]] = {}
    for control in _controls(form):
        name, kind = str(control["name"]), control.get("type", "text")
        if kind in _SENDS_NOTHING or control.name == "button":
            continue
        if kind in _GROUPS and not control.has_attr("checked"):
            continue
        sent.setdefault(name, []).extend([typed.pop(name)] if name in typed else _values(control))
    assert not typed, f"the form has no {sorted(typed)}"
    return sent


def _controls(form: Tag) -> list[Tag]:
    found = form.find_all(["input", "select", "textarea"], attrs={"name": True})
    return [control for control in found if not control.has_attr("disabled") and not control.find_parent("template")]


def _values(control: Tag) -> list[str]:
    if control.name == "textarea":
        return [control.get_text().removeprefix("\n")]
    if control.name == "select":
        options = control.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")]
        if not chosen and not control.has_attr("multiple"):
            chosen = options[:1]
        return [str(option.get("value", "")) for option in chosen]
    return [str(control.get("value", ""))]
