"""The Options page in a browser: designs kept, pinned, compared; nothing is lost on reload, Back or in another tab."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.waiting import pick, press, settled


def keep(page: Page, name: str, note: str = "") -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Note", exact=True).fill(note)
    press(page, "Save as option")
    expect(page.get_by_text(name, exact=True).first).to_be_visible()


def equal_weights(page: Page) -> None:
    page.get_by_role("link", name="Preview").click()
    settled(page)
    for label in ("Find weights", "Typed or preset", "Equal"):
        pick(page, label)
    press(page, "Accept these weights")
    page.get_by_role("link", name="Options").click()
    expect(page.get_by_role("heading", name="Which of our designs should it be?")).to_be_visible()
    settled(page)


def two_kept(page: Page, data: str) -> None:
    """Two designs kept, the first one pinned. Each test has a data set of its own, since options outlive a session."""
    page.goto(f"/options?data={data}")
    settled(page)
    keep(page, "As it is", "since *July* <b>")
    equal_weights(page)
    keep(page, "Equal shares")
    press(page, "Pin")


def both_there(page: Page) -> None:
    expect(page.get_by_text("As it is", exact=True).first).to_be_visible()
    expect(page.get_by_text("since *July* <b>")).to_be_visible()
    expect(page.get_by_text("weights set equal")).to_be_visible()
    expect(page.get_by_role("button", name="Unpin")).to_have_count(1)
    expect(page.get_by_role("table").get_by_text("Reprimands despite making the goal")).to_be_visible()


def test_options_are_compared_and_nothing_is_lost(page: Page) -> None:
    two_kept(page, "many-ways-to-sell")
    both_there(page)
    expect(page.get_by_role("img").filter(has_text="about the same")).to_be_visible()
    page.reload()
    both_there(page)
    settled(page)
    page.get_by_role("link", name="Replay").click()
    expect(page.get_by_role("heading", name="Who would have been rewarded", level=1)).to_be_visible()
    settled(page)
    page.go_back()
    both_there(page)
    other_tab = page.context.new_page()
    other_tab.goto("/options?data=many-ways-to-sell")
    both_there(other_tab)


def test_an_option_is_opened_deleted_and_put_back(page: Page) -> None:
    two_kept(page, "quotes-desk")
    expect(page.get_by_text("Open design: Quotes 33% · Sales 33%")).to_be_visible()
    page.locator('[class*="st-key-options-open"] button:enabled').click()
    expect(page.get_by_text("Open design: Quotes 40% · Sales 40%")).to_be_visible()
    settled(page)
    press(page, "Delete", 1)
    expect(page.get_by_text("weights set equal")).to_have_count(0)
    press(page, "Deleted (1)")
    page.get_by_role("button", name="Restore “Equal shares”").click()
    expect(page.get_by_text("weights set equal")).to_be_visible()
