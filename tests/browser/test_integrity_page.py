"""The Integrity page in a browser: a cold deep link, the rows behind a flag, and a counter-metric taken and undone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.waiting import press, settled


def test_a_cold_link_the_rows_and_a_pair(page: Page) -> None:
    page.goto("/integrity?data=dials-floor")
    expect(page.get_by_role("heading", name="8 of 24 reps are worth a conversation")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Open the rows").first.dblclick()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("in order of time.")).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.get_by_role("tab", name="How easy to game").click()
    settled(page)
    press(page, "Pair with Conversations per dials")
    expect(page.get_by_text("Points count only for real conversations.")).to_be_visible()
    expect(page.get_by_text("Dials is easiest to game")).to_have_count(0)
    page.locator(".st-key-context-undo button").first.click()
    expect(page.get_by_text("Dials is easiest to game")).to_be_visible()
