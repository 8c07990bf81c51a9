"""Learn in a browser: a prediction by keyboard alone, and the same story in another tab of that browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.waiting import settled


def test_a_prediction_by_keyboard_is_found_again_in_another_tab(page: Page) -> None:
    page.goto("/learn?data=many-ways-to-sell")
    expect(page.get_by_text("Question 1 of 8")).to_be_visible()
    settled(page)
    expect(page.get_by_role("button", name="Commit")).to_be_disabled()
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    settled(page)
    expect(page.get_by_role("radio").first).to_be_checked()
    page.get_by_role("slider", name="How sure are you?").focus()
    page.keyboard.press("ArrowRight")
    settled(page)
    page.get_by_role("button", name="Commit").focus()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_text("You were 80% sure.")).to_be_visible()
    another = page.context.new_page()
    another.goto("/learn")
    expect(another.get_by_text("1 of 8 questions answered")).to_be_visible()
    settled(another)
    another.get_by_role("button", name="Continue").click()
    expect(another.get_by_text("step 2 of 8")).to_be_visible()
    settled(another)
    another.close()
    page.get_by_role("link", name="See it on Data").click()
    settled(page)
    assert "/data?" in page.url
    page.go_back()
    expect(page.get_by_text("You were 80% sure.")).to_be_visible()
    settled(page)
