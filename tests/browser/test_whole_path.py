"""The whole way, as a leader goes it: a cold link, their own export, goal, KPIs, a weight dragged, and back."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.crm import write_crm
from tests.browser.test_preview_page import drag_to_zero, scores_in_browser, scores_of_python
from tests.browser.waiting import settled


def test_from_an_export_to_a_live_preview_and_back(page: Page, tmp_path: Path) -> None:
    crm = write_crm(tmp_path)
    page.goto("/preview")
    page.get_by_role("link", name="Bring my own data").click()
    expect(page.get_by_role("heading", name="Bring your own files")).to_be_visible()

    page.locator("input[type=file]").first.set_input_files([crm.deals, crm.team])
    expect(page.get_by_text(f"from {crm.n_deals} rows")).to_be_visible()
    page.get_by_role("button", name="Use this data set").click()
    page.get_by_role("link", name="Next: the goal").click()

    page.get_by_role("button", name="This is our #1 goal").first.click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Won close value")
    page.get_by_role("link", name="KPIs").click()

    for n_kpis in (1, 2):
        add_first_offered(page)
        expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
        expect(page.get_by_role("button", name="●")).to_have_count(n_kpis)
    page.get_by_role("button", name="Set the weights").click()
    expect(
        page.get_by_text(re.compile(r"^These weights put \d+ of your \d+ best sellers in the top \d+"))
    ).to_be_visible()
    expect(page.locator(".rep .score").first).not_to_be_empty()
    assert scores_in_browser(page) == scores_of_python(page, tmp_path)

    link, slider = page.url, page.get_by_label(re.compile("^Weight of .+, as a number$")).first
    weight, before = slider.input_value(), scores_in_browser(page)
    drag_to_zero(page, slider.get_attribute("aria-label").removeprefix("Weight of ").removesuffix(", as a number"))
    page.wait_for_url(lambda url: url != link)
    expect(slider).to_have_value("0")
    settled(page)  # the file of scores is drawn after the address
    assert scores_in_browser(page) == scores_of_python(page, tmp_path) != before

    page.go_back()
    expect(slider).to_have_value(weight)
    assert scores_in_browser(page) == before


def add_first_offered(page: Page) -> None:
    """Add the first KPI offered: on the page while there is none, in a popover afterwards."""
    settled(page)
    more = page.get_by_role("button", name="Add a KPI")
    if more.count():
        more.click()
        page.get_by_role("button", name="Add", exact=True).first.click()
    else:
        offered = page.get_by_test_id("stCheckbox").filter(has=page.get_by_role("checkbox"))
        offered.first.locator("label").click()
        page.get_by_role("button", name="Use this KPI").click()
