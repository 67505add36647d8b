"""What staff do in Wagtail's admin, as steps of a test: real clicks in the real editor."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Page, expect

MODAL = ".modal.in, .modal.show, [role=dialog]:visible"


def add_block(page: Page, label: str) -> None:
    """Add a block at the end of the body by its name in the menu."""
    page.locator("[data-streamfield-stream-container] > div > button.c-sf-add-button, .c-sf-add-button").last.click()
    page.locator("[role=option]:visible").filter(has_text=re.compile(rf"^{re.escape(label)}$")).click()
    expect(page.locator(f".w-panel__heading-text:visible, [data-panel-heading-text]:visible", has_text=label).first).to_be_visible()


def choose(page: Page, button: str, title: str) -> None:
    """Press the last chooser's button and pick a record by its title."""
    page.get_by_role("button", name=button).last.click()
    page.locator(".modal:visible").get_by_role("link", name=title).first.click()
    expect(page.locator(".modal:visible")).to_have_count(0)


def footer_action(page: Page, label: str) -> None:
    """Press one of the editor's save buttons, from the menu above it where it is not the main one."""
    button = page.locator("footer, .footer").get_by_role("button", name=re.compile(rf"^\s*{re.escape(label)}"))
    if not button.first.is_visible():
        page.locator("footer, .footer").locator("button[aria-expanded=false], [data-w-dropdown-target=toggle]").last.click()
    button.first.click()
    page.wait_for_load_state("networkidle")


def preview_frame(page: Page) -> FrameLocator:
    """Open the side panel with the preview and return its frame."""
    page.get_by_role("button", name=re.compile("esikatsel", re.I)).first.click()
    return page.frame_locator("[data-preview-iframe]")
