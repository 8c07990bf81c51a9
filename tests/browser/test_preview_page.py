"""Preview in the whole app: the hand in the browser, the numbers of Python, and the link between them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

BUILD_MS = 120_000
HEADLINE = re.compile(r"These weights put (\d+) of your (\d+) best sellers in the top \d+\.")


@pytest.fixture
def preview(page: Page) -> Page:
    """The page of the first sample, opened cold by its link."""
    page.goto("/preview?data=dials-floor")
    expect(headline(page)).to_be_visible(timeout=BUILD_MS)
    expect(page.locator(".rep .score").first).not_to_be_empty()
    return page


def headline(page: Page) -> Locator:
    return page.get_by_role("heading", name=HEADLINE)


def best_sellers_on_top(page: Page) -> int:
    return int(HEADLINE.search(headline(page).inner_text())[1])


def drag_to_zero(page: Page, kpi: str) -> None:
    """Drag a weight to 0 in several moves and let go."""
    slider = page.get_by_label(f"Weight of {kpi}", exact=True)
    slider.evaluate("slider => slider.scrollIntoView({block: 'center'})")  # not below the header that stays
    box, share = slider.bounding_box(), float(slider.input_value()) / float(slider.get_attribute("max"))
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 10 + (box["width"] - 20) * share, y)
    page.mouse.down()
    page.mouse.move(box["x"], y, steps=12)
    page.mouse.up()


def scores_in_browser(page: Page) -> dict[str, float]:
    rows = page.locator(".rep").evaluate_all(
        "rows => rows.map(row => [row.querySelector('.who').textContent, row.dataset.score])"
    )
    return {name: float(score) for name, score in rows}


def scores_of_python(page: Page, folder: Path) -> dict[str, float]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Scores").click()
    download.value.save_as(folder / "scores.csv")
    with (folder / "scores.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {row["Rep"]: float(row["Score"]) for row in csv.DictReader(lines)}


def test_taking_dials_away_lifts_the_sellers_and_everything_follows(preview: Page, tmp_path: Path) -> None:
    before, said, link = best_sellers_on_top(preview), headline(preview).inner_text(), preview.url
    assert scores_in_browser(preview) == scores_of_python(preview, tmp_path)
    preview.locator(".live-weights").evaluate("view => { view.dataset.mark = 'the same'; }")
    drag_to_zero(preview, "Dials")
    expect(preview.get_by_label("Weight of Dials, as a number")).to_have_value("0")
    preview.wait_for_url(lambda url: url != link)
    expect(headline(preview)).not_to_have_text(said)
    assert best_sellers_on_top(preview) > before
    assert scores_in_browser(preview) == scores_of_python(preview, tmp_path)
    expect(preview.locator(".live-weights")).to_have_attribute("data-mark", "the same")  # never drawn anew

    preview.locator("[data-do=undo]").click()
    expect(preview.get_by_label("Weight of Dials, as a number")).to_have_value("70")
    expect(headline(preview)).to_have_text(said)
    assert scores_in_browser(preview) == scores_of_python(preview, tmp_path)


def test_a_link_opens_the_weights_its_sender_saw_and_back_takes_them_back(preview: Page) -> None:
    link = preview.url
    preview.get_by_label("Weight of Quotes, as a number").fill("42,5")
    preview.get_by_label("Weight of Quotes, as a number").press("Enter")
    preview.wait_for_url(lambda url: url != link)
    changed = preview.url
    preview.go_back()
    expect(preview.get_by_label("Weight of Quotes, as a number")).to_have_value("15")
    preview.goto(changed)
    expect(preview.get_by_label("Weight of Quotes, as a number")).to_have_value("42.5")


def test_a_rep_clicked_is_told_period_by_period_and_hidden_names_stay_hidden(preview: Page) -> None:
    row = preview.locator(".rep button").first
    name = row.locator(".who").inner_text()
    row.click()
    expect(preview.get_by_role("region", name="How this score is made")).to_contain_text(name)
    expect(preview.get_by_role("combobox", name="Rep")).to_have_value(name)
    preview.get_by_text("Hide names").click()
    expect(preview.locator(".rep .who").first).to_have_text(re.compile(r"Rep \d\d"))
    expect(preview.get_by_role("combobox", name="Rep")).to_have_value(re.compile(r"Rep \d\d"))
    assert name not in preview.locator("body").inner_text()
    assert name not in preview.locator(".live-weights").inner_text()
