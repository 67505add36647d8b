"""One look at one page: what a browser, axe and a strict HTML parser find wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import html5lib
from axe_playwright_python.base import AXE_SCRIPT
from html5lib.constants import E as MESSAGES
from playwright.sync_api import ConsoleMessage, Page, Request

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = {"phone": 360, "desk": 1280}
MAX_BYTES = 100_000
# What a colour scheme can change, as the dark one sets nothing but colours (`test_site_stylesheet` holds it to that).
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
SUMMARIES_ALONE = "details:not([open]) > summary"
OPEN_ALL_DETAILS = "document.querySelectorAll('details').forEach(details => { details.open = true })"


@dataclass
class Watch:
    """Notes what a page asks for and what the browser complains of, from the moment it is made."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("requestfinished", lambda request: self.requests.append(request))
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def foreign_requests(self, host: str) -> list[str]:
        """Addresses of other hosts that were asked for; pictures inside the page itself do not count."""
        addresses = [request.url for request in self.requests]
        return [url for url in addresses if not url.startswith("data:") and urlsplit(url).netloc != host]

    def transferred(self) -> dict[str, int]:
        """Bytes of each answer's body as sent over the line."""
        return {
            request.url: request.sizes()["responseBodySize"]
            for request in self.requests
            if not request.url.startswith("data:")
        }


def axe_faults(page: Page, *, best_practice: bool = True, colours_only: bool = False, within: str = "") -> list[str]:
    """What axe finds on the page as it stands now, one line for each element; `within`: a selector of parts to look at."""
    if within and not page.locator(within).count():
        return []
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    tags = [*WCAG, *(["best-practice"] if best_practice else [])]
    options: dict[str, Any] = {
        "runOnly": {"type": "rule", "values": COLOUR_RULES} if colours_only else {"type": "tag", "values": tags},
        "resultTypes": ["violations"],
        # A third of the time goes to fetching stylesheets and media again, for no rule that is run here and can fail.
        "preload": False,
    }
    context = f"{{include: [[{json.dumps(within)}]]}}" if within else "document"
    violations = page.evaluate(f"axe.run({context}, {json.dumps(options)}).then(result => result.violations)")
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))} {node['failureSummary']!r}"
        for violation in violations
        for node in violation["nodes"]
    ]


def faults_in_both_schemes(page: Page, *, best_practice: bool = True, dark_within: str = "") -> list[str]:
    """axe in light and dark at the page's present width; in dark for the colours, and only of the parts named."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    faults = [f"[light] {fault}" for fault in axe_faults(page, best_practice=best_practice)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return faults + [f"[dark] {fault}" for fault in axe_faults(page, colours_only=True, within=dark_within)]


def faults_in_all_looks(page: Page, *, best_practice: bool = True) -> list[str]:
    """axe on a phone and a desk, in light and dark, as loaded and with everything opened that opens.

    In dark, what is seen before opening is seen after it too, but for the marks of what is closed.
    """
    faults = []
    for opened in (False, True):
        if opened:
            page.evaluate(OPEN_ALL_DETAILS)
        for place, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            found = faults_in_both_schemes(
                page, best_practice=best_practice, dark_within="" if opened else SUMMARIES_ALONE
            )
            faults += [f"[{place}{', opened' if opened else ''}] {fault}" for fault in found]
    return faults


def overflow_at(page: Page, width: int) -> str:
    """The widest element that makes the page scroll sideways at this width, or nothing."""
    page.set_viewport_size({"width": width, "height": 740})
    return page.evaluate(
        """() => {
            const limit = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= limit) return "";
            const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > limit + 1);
            const last = wide[wide.length - 1];
            return last ? `${last.tagName.toLowerCase()}.${last.className} to ${last.getBoundingClientRect().right}px`
                        : `page is ${document.documentElement.scrollWidth}px wide`;
        }"""
    )


def html_faults(source: str) -> list[str]:
    """Errors of a strict HTML parser, ids used twice, and references to ids that are not there."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(source)
    lines = source.splitlines()
    faults = [
        f"line {line}: {MESSAGES.get(code, code) % data} in {lines[min(line, len(lines)) - 1].strip()[:120]!r}"
        for (line, _column), code, data in parser.errors
    ]
    elements = list(tree.iter())
    ids = [element.get("id") for element in elements if element.get("id")]
    faults += [f"the id {name} is used {count} times" for name, count in Counter(ids).items() if count > 1]
    for element in elements:
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    faults.append(f"{attribute}={name!r} of <{element.tag}> leads nowhere")
        target = element.get("href") or ""
        if target.startswith("#") and target[1:] and target[1:] not in ids:
            faults.append(f"the link {target} leads nowhere")
    return faults
