"""A new design by mouse: goal, four KPIs with targets, one of them a rate, then Preview, in at most fifteen clicks."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.waiting import settled

MOST_CLICKS = 15
COUNT = "addEventListener('click', () => sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1, true)"


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    settled(page)


def test_a_new_design_is_led_to_preview_in_few_clicks(page: Page) -> None:
    page.add_init_script(COUNT)
    page.goto("/preview?data=quotes-desk")
    settled(page)
    click(page, "Quotes beside sales")
    click(page, "New")
    click(page, "This is our #1 goal")
    click(page, "Choose the first KPIs")
    offered = page.get_by_test_id("stCheckbox").filter(has=page.get_by_role("checkbox"))
    cards = offered.all_inner_texts()
    rate = next(place for place, text in enumerate(cards) if " per " in text)
    for place in [*[at for at in range(len(cards)) if at != rate][:3], rate]:
        offered.nth(place).locator("label").click()
        settled(page)
    click(page, "Use these 4 KPIs")
    expect(page.get_by_role("button", name="●")).to_have_count(4)
    click(page, "Set the weights")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("These weights|scorecard"))
    expect(page.get_by_role("slider")).to_have_count(4)
    clicks = int(page.evaluate("sessionStorage.clicks"))
    assert 0 < clicks <= MOST_CLICKS, clicks

    page.get_by_role("button", name="My scorecard", exact=True).click()
    click(page, "Open …")
    expect(page.get_by_role("dialog").get_by_text("came with the data")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Open", exact=True).last.click()
    settled(page)
    expect(page.get_by_role("button", name="Quotes beside sales", exact=True)).to_be_visible()
