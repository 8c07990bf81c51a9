"""Every page draws all its pictures: nothing throws in the browser, and nothing is shown as an error."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import settled
from workbench.ui.session.navigation import PAGES

SAMPLE = "quotes-desk"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_throws(page: Page, name: str) -> None:
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.goto(f"/?data={SAMPLE}" if name == "start" else f"/{name}?data={SAMPLE}")
    expect(page.get_by_role("button", name="Quotes beside sales")).to_be_visible()
    settled(page)
    drawn(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert thrown == []


def test_how_much_weights_matter_is_drawn_whole(page: Page) -> None:
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.goto(f"/weights?data={SAMPLE}")
    page.get_by_text("How much they matter", exact=True).click()
    expect(page.get_by_text("Each weight from 0 to 100 %")).to_be_visible()
    settled(page)
    drawn(page)
    assert thrown == []


def drawn(page: Page) -> None:
    """Every picture in sight is there: one that throws leaves its place empty."""
    for chart in page.get_by_test_id("stVegaLiteChart").filter(visible=True).all():
        expect(chart.locator("canvas, svg").first).to_be_attached()
