"""The Evidence page in a browser: a cold deep link, another KPI, another threshold, and the way there from the goal."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.waiting import choose, settled

LINK = "?data=quotes-desk"


def test_a_cold_link_opens_the_verdicts_with_their_picture(page: Page) -> None:
    page.goto(f"/evidence{LINK}")
    expect(page.get_by_role("heading", name="Keep Decision-maker meetings.")).to_be_visible()
    expect(page.get_by_text("This KPI is the goal itself.").first).to_be_visible()
    page.get_by_role("tab", name="All links").click()
    expect(page.get_by_role("img").filter(has_text="given the others")).to_be_visible()


def test_another_kpi_and_its_delays(page: Page) -> None:
    page.goto(f"/evidence{LINK}")
    settled(page)
    page.get_by_role("tab", name="One KPI").click()
    expect(page.get_by_text("No link that matters, with no delay up to three months.")).to_be_visible()
    choose(page, page.get_by_role("combobox", name="KPI"), "Decision-maker meetings")
    expect(page.get_by_text("Decision-maker meetings comes 1 month before Sales.")).to_be_visible()
    page.get_by_role("tab", name="Delay").click()
    expect(page.get_by_role("img").filter(has_text="by which the goal comes first")).to_be_visible()


def test_a_larger_threshold_by_keyboard_changes_the_headline(page: Page) -> None:
    page.goto("/evidence?data=many-ways-to-sell")
    expect(page.get_by_role("heading", name="Keep Conversations. Watch Dials")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="What matters").click()
    thumb = page.get_by_role("slider", name="Smallest link that matters")
    for _ in range(8):
        thumb.press("ArrowRight")
    expect(page.get_by_role("heading", name="Drop Dials and E-mails.")).to_be_visible()


def test_the_driver_tree_leads_to_the_evidence(page: Page) -> None:
    page.goto(f"/goal{LINK}")
    expect(page.get_by_text("The colour of a line is the verdict")).to_be_visible()
    page.get_by_role("link", name="See the evidence").click()
    expect(page.get_by_role("heading", name="Does each KPI earn its place?")).to_be_visible()
