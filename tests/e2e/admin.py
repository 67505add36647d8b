"""What staff do in Wagtail's admin, as steps of a test: real clicks in the real editor."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Page, expect


def add_block(page: Page, label: str) -> None:
    """Add a block at the end of the body by its name in the menu."""
    page.locator("#panel-child-sisalto-body-content > * .c-sf-add-button, .c-sf-add-button").last.click()
    page.locator("[role=option]:visible").filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$")).click()


def choose(page: Page, button: str | re.Pattern[str], title: str) -> None:
    """Press the last chooser's button of this name and pick a record by its title."""
    page.get_by_role("button", name=button).last.click()
    modal = page.locator(".modal:visible")
    modal.get_by_role("link", name=title).first.click()
    # Hidden is not enough: while the dialog is being taken away, a press of the next chooser opens none.
    expect(page.locator(".modal, .modal-backdrop")).to_have_count(0)


def save(page: Page, action: str) -> None:
    """Press a button of the editor's footer, from the menu above it where it is not the main one.

    `action` is the button's name: "action-submit", "action-publish", or of a workflow: "approve".
    """
    button = page.locator(f"button[name='{action}'], button[data-workflow-action-name='{action}']").first
    if not button.is_visible():
        page.get_by_role("button", name="Lisää toimintoja").click()
    button.click()


def preview(page: Page) -> FrameLocator:
    """Open the side panel with the preview and return its frame."""
    page.locator("[data-side-panel-toggle='preview']").click()
    return page.frame_locator("#w-preview-iframe")
