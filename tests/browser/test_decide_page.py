"""Decide in a browser: choose, record, see it stand, and take the scorecard along as a file."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_problems
from tests.browser.waiting import settled


def test_a_design_is_decided_for_and_exported(page: Page, tmp_path: Path) -> None:
    page.goto("/decide?data=quotes-desk")
    expect(page.get_by_text("Nothing decided yet.")).to_be_visible()
    settled(page)
    page.get_by_label("Why this design?").fill("Quotes win deals")
    page.get_by_label("Who disagrees, and why?").last.fill("Sales desk: too many quotes")
    page.get_by_role("button", name="Record the decision").click()
    settled(page)
    expect(page.get_by_text("comes into force on").first).to_be_visible()
    expect(page.get_by_role("heading", name="In force when")).to_be_visible()
    page.goto("/decide?data=quotes-desk")  # without the notice, which is the framework's
    settled(page)
    page.locator("summary").filter(has_text="Decided").click()
    expect(page.get_by_text("Sales desk disagreed: too many quotes")).to_be_visible()
    settled(page)
    assert serious_problems(page) == []
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Page to print").click()
    kept = tmp_path / "card.html"
    download.value.save_as(kept)
    asked: list[str] = []
    alone = page.context.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(kept.as_uri())
    expect(alone.get_by_text("How the score is computed")).to_be_visible()
    expect(alone.locator("svg").first).to_be_visible()
    assert asked == [kept.as_uri()]
