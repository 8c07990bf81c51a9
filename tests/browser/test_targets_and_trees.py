"""What only a browser shows: a target dragged on the histogram, a card picked in the tree, a formula while typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import settled

SAMPLE = "data=dials-floor"
BUILT = 120_000  # milliseconds for the sample to be read the first time


@pytest.fixture
def faults(page: Page) -> list[str]:
    """Errors the page threw; a picture that cannot be drawn throws one."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_dragging_the_line_moves_the_target_and_the_words_follow(page: Page, faults: list[str]) -> None:
    page.goto(f"/goal?{SAMPLE}")
    expect(page.get_by_text("44% of 358 rep-months hit this target")).to_be_visible(timeout=BUILT)
    chart = page.get_by_test_id("stVegaLiteChart").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    y, line = box["y"] + 60, box["x"] + box["width"] * 0.32
    page.mouse.move(line, y)
    page.mouse.down()
    page.mouse.move(line + 60, y, steps=6)
    page.mouse.move(box["x"] + box["width"] * 0.7, y, steps=6)
    page.mouse.up()
    expect(page.get_by_text("44% of 358 rep-months hit this target")).to_be_hidden()
    settled(page)
    target = float(page.get_by_label("Target", exact=True).last.input_value())
    assert target > 30_000
    page.get_by_role("button", name="undo").click()
    expect(page.get_by_text("44% of 358 rep-months hit this target")).to_be_visible()
    assert faults == []


def test_a_card_picked_in_the_tree_can_be_worked_backwards_from(page: Page, faults: list[str]) -> None:
    page.goto(f"/goal?{SAMPLE}")
    expect(page.get_by_text("What must happen before Sales?")).to_be_visible(timeout=BUILT)
    chart = page.get_by_test_id("stVegaLiteChart").nth(1)
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + 34)
    expect(page.get_by_text("What must happen before Dials?")).to_be_visible()
    page.get_by_placeholder("Meetings with decision makers").fill("Good lists")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="undo")).to_be_enabled()
    assert faults == []


def test_a_formula_is_checked_while_it_is_typed(page: Page, faults: list[str]) -> None:
    page.goto(f"/kpis?{SAMPLE}")
    formula = page.get_by_label("Formula", exact=True)
    expect(formula).to_be_visible(timeout=BUILT)
    formula.click()
    formula.press("End")
    page.keyboard.type(" * conv", delay=30)
    expect(page.get_by_text("There is no “conv”")).to_be_visible()
    page.get_by_role("radio", name="Conversations").click()
    expect(formula).to_have_value("Dials / workdays * Conversations")
    expect(page.get_by_text("There is no “conv”")).to_be_hidden()
    assert faults == []


def test_a_kpi_of_ones_own_is_added_once_however_one_goes_on(page: Page) -> None:
    page.goto("/kpis?data=dials-floor")
    page.get_by_role("button", name="Add a KPI").click()
    field = page.get_by_label("A KPI of my own")
    field.fill("Referrals")
    field.press("Enter")
    settled(page)
    for name in ("Quotes", "Referrals"):
        page.keyboard.press("Escape")
        page.get_by_role("button", name=name).first.click()
        settled(page)
    expect(page.get_by_role("button", name="Referrals")).to_have_count(1)
