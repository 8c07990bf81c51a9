"""Waiting for the app itself, where a test is not about a hand that is quicker than the page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def settled(page: Page) -> None:
    """Wait until the page is drawn to its end: the app runs no script and nothing in it is out of date."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.locator("[data-stale=true]").first.wait_for(state="detached")


def choose(page: Page, box: Locator, option: str) -> None:
    """Choose from a list by typing its words: unlike a click, that does not depend on the list staying open."""
    settled(page)
    box.fill("")
    box.press_sequentially(option)
    page.get_by_role("option", name=option, exact=True).wait_for()
    box.press("Enter")
