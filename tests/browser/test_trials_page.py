"""The page Trials in a browser: a card filled in a hurry, a trial opened by its link, Back, and lots used."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.waiting import settled


def test_a_hurried_manager_plans_a_trial_and_finds_it_again(page: Page) -> None:
    page.goto("/trials?data=quotes-desk")
    page.get_by_role("button", name="Plan a trial on").click()
    settled(page)
    page.get_by_label("Name", exact=True).fill("")
    page.get_by_label("What changes").fill("Every quote is followed up within two days")
    expect(page.get_by_text("Give the trial a name.")).to_be_visible()
    expect(page.get_by_role("button", name="Save the trial")).to_be_disabled()
    page.get_by_label("Name", exact=True).fill("Follow up in two days")
    page.get_by_label("Name", exact=True).press("Enter")
    settled(page)
    page.get_by_role("button", name="Save the trial").click()
    expect(page.get_by_role("heading", name="Follow up in two days: ")).to_be_visible()
    settled(page)
    assert "trial=" in page.url
    page.get_by_role("tab", name="Before the start").click()
    expect(page.get_by_text("This draw is on the card.")).to_be_visible()
    settled(page)
    assert page.url.endswith("part=before-the-start")
    page.get_by_role("button", name="All trials").click()
    expect(page.get_by_role("button", name="New trial")).to_be_visible()
    settled(page)
    assert "trial=" not in page.url
    page.go_back()
    expect(page.get_by_text("This draw is on the card.")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Removed: Follow up in two days.")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(page.get_by_text("Follow up in two days", exact=True)).to_be_visible()


def test_the_trial_of_the_sample_is_presented(page: Page) -> None:
    page.goto("/trials?data=dials-floor&trial=dials-floor")
    expect(page.get_by_role("heading", name="Communications instead of dials: ")).to_be_visible()
    settled(page)
    expect(
        page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas").first
    ).to_be_visible()
    expect(page.get_by_text("TypeError")).to_have_count(0)
    page.keyboard.press("p")
    expect(page.get_by_text("12 of 14")).to_be_visible()
    expect(page.locator("h1.sentence")).to_contain_text("Communications instead of dials: about $")
    expect(page.locator("svg.marks")).to_have_count(1)
