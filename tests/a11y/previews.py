"""Where the running site shows the preview of each block of the editors' menu."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from playwright.sync_api import BrowserContext

from participation_pages.body import BodyBlock
from tests.siteserver import RunningSite

BLOCK_NAMES = list(BodyBlock().child_blocks)


def preview_addresses(context: BrowserContext, site: RunningSite) -> dict[str, str]:
    """The preview's path for each block name. The context is signed in to the admin.

    A block's number differs between processes, so it is read from the editor that the site itself serves.
    """
    (home, *_others) = site.page_ids("home.HomePage")
    editor = context.request.get(f"/admin/pages/{home}/edit/").text()
    names = set(BLOCK_NAMES)
    for packed in re.findall(r'data-w-block-data-value="([^"]*)"', editor):
        for children in _menus(json.loads(unescape(packed))):
            if set(children) >= names:
                return {name: f"/admin/block-preview/?id={children[name]}" for name in BLOCK_NAMES}
    raise AssertionError("the editor of the front page has no menu with all blocks")


def _menus(value: Any) -> Iterator[dict[str, str]]:
    """The children (name to number) of every stream of blocks in what Wagtail packs for its editor."""
    if isinstance(value, dict):
        if str(value.get("_type", "")).endswith("StreamBlock"):
            groups = value["_args"][1]
            children = [child["_args"] for _group, blocks in groups for child in blocks if "_args" in child]
            yield {arguments[0]: arguments[-1]["blockDefId"] for arguments in children}
        for child in value.values():
            yield from _menus(child)
    elif isinstance(value, list):
        for child in value:
            yield from _menus(child)
