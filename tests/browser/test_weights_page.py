"""Finding weights beside the ranking: a cold deep link, a way taken to its accepted draft, quick and wrong hands."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.waiting import pick, press, settled

LINK = "?data=dials-floor"


def undo(page: Page) -> None:
    page.locator(".st-key-context-undo button").first.click()


def answer(page: Page, so_many: int) -> str:
    """Say that the rep on the left is the better seller, wait until that is counted; their name."""
    left = page.locator('[class*="st-key-weights-order"][class*="-first"] button')
    name = left.inner_text()
    left.click()
    expect(page.get_by_text(f"{so_many} of 12 answered;")).to_be_visible()
    settled(page)
    return name


def test_a_cold_link_swings_to_an_accepted_draft_that_undo_takes_back(page: Page) -> None:
    page.goto(f"/weights{LINK}")
    expect(page.get_by_text("No reason recorded for these weights.")).to_be_visible()
    settled(page)
    expect(page.locator(".overlap")).to_have_text("1 of 8 best sellers in the top 8")
    press(page, "Lift first", 2)
    draft = "This draft puts 7 of 8 best sellers in the top 8, today's weights put 1."
    expect(page.get_by_role("heading", name=draft)).to_be_visible()
    expect(page.locator(".overlap")).to_have_text("7 of 8 best sellers in the top 8")
    expect(page.locator(".rep .who").first).to_have_text("Elena Petrova")
    press(page, "Lift next", 1)
    expect(page.get_by_role("img").filter(has_text="draft 61%")).to_be_visible()
    press(page, "Accept these weights")
    expect(page.get_by_text("found by swing: Meetings before Quotes before Dials")).to_be_visible()
    undo(page)
    expect(page.get_by_text("No reason recorded for these weights.")).to_be_visible()


def test_where_weights_came_from_survives_a_reload_and_back_takes_it_away(page: Page) -> None:
    page.goto(f"/weights{LINK}")
    settled(page)
    pick(page, "Typed or preset")
    pick(page, "Equal")
    press(page, "Accept these weights")
    expect(page.get_by_text("Today's weights were set equal.")).to_be_visible()
    expect(page).to_have_url(re.compile("design="))
    page.reload()
    expect(page.get_by_text("Today's weights were set equal.")).to_be_visible()
    settled(page)
    page.go_back()
    expect(page.get_by_text("No reason recorded for these weights.")).to_be_visible()


def test_one_click_a_pair_orders_the_reps_and_undo_asks_again(page: Page) -> None:
    page.goto(f"/weights{LINK}")
    settled(page)
    pick(page, "Order the reps")
    expect(page.get_by_text("About 12 pairs are enough.")).to_be_visible()
    asked = [answer(page, so_many) for so_many in range(1, 5)]
    expect(page.get_by_role("img").filter(has_text="% to ").first).to_be_visible()
    expect(page.get_by_role("button", name="Accept these weights")).to_be_enabled()
    page.locator('[class*="st-key-weights-order"][class*="-undo"] button').click()
    expect(page.get_by_text("3 of 12 answered;")).to_be_visible()
    settled(page)
    assert answer(page, 4) == asked[-1]


def test_a_double_click_accepts_once_and_no_weight_at_all_cannot_be_accepted(page: Page) -> None:
    page.goto(f"/weights{LINK}")
    settled(page)
    pick(page, "Typed or preset")
    pick(page, "Equal")
    page.get_by_role("button", name="Accept these weights").dblclick()
    expect(page.get_by_text("Today's weights were set equal.")).to_be_visible()
    settled(page)
    undo(page)
    expect(page.get_by_text("No reason recorded for these weights.")).to_be_visible()
    pick(page, "Today's")
    for name, today in (("Dials", "70"), ("Quotes", "15"), ("Meetings", "15")):
        field = page.get_by_role("spinbutton", name=f"Weight of {name}")
        expect(field).to_have_value(re.compile(rf"{today}\b"))  # not the field of the draft before
        field.fill("0")
        field.press("Enter")
        settled(page)
    expect(page.get_by_text("Give at least one KPI a weight.")).to_be_visible()
    expect(page.get_by_role("button", name="Accept these weights")).to_be_disabled()


def test_what_was_opened_beside_the_ranking_closes_with_back(page: Page) -> None:
    page.goto(f"/preview{LINK}")
    settled(page)
    weights = page.get_by_label("Weight of Dials", exact=True)
    expect(weights).to_be_visible()
    pick(page, "Find weights")
    expect(page).to_have_url(re.compile("weights=find"))
    expect(page.get_by_role("button", name="Lift first")).to_have_count(3)
    expect(weights).to_be_hidden()
    expect(page.locator(".rep .score").first).to_have_text("110.8")
    page.go_back()
    expect(weights).to_be_visible()
    expect(page.get_by_role("button", name="Lift first")).to_have_count(0)
    page.go_forward()
    expect(page.get_by_role("button", name="Lift first")).to_have_count(3)


def test_a_total_no_longer_held_and_a_lock_are_there_after_weights_were_looked_for(page: Page) -> None:
    page.goto(f"/preview{LINK}")
    settled(page)
    held = page.get_by_label("hold total at 100")
    expect(held).to_be_checked()
    held.uncheck()
    page.locator(".kpi .lock").nth(1).click()
    settled(page)
    pick(page, "Find weights")
    pick(page, "Set by hand")
    expect(page.get_by_label("Weight of Dials, as a number")).to_have_value("70")
    expect(held).not_to_be_checked()
    expect(page.locator(".kpi .lock").nth(1)).to_have_attribute("aria-pressed", "true")
    page.locator(".kpi [data-step='-5']").first.click()
    settled(page)
    expect(page.get_by_label("Weight of Dials, as a number")).to_have_value("65")
    expect(page.get_by_label("Weight of Meetings, as a number")).to_have_value("15")


def test_a_rep_clicked_in_the_ranking_of_a_draft_is_told_below_and_the_draft_stays(page: Page) -> None:
    page.goto(f"/weights{LINK}")
    settled(page)
    press(page, "Lift first", 2)
    page.locator(".rep button").first.click()
    expect(page.get_by_role("combobox", name="Rep")).to_have_value("Elena Petrova")
    settled(page)
    expect(page.locator(".overlap")).to_have_text("7 of 8 best sellers in the top 8")
    pick(page, "Set by hand")
    expect(page.get_by_label("Weight of Dials, as a number")).to_have_value("70")


def test_how_much_the_weights_matter_is_drawn_and_said(page: Page) -> None:
    page.goto(f"/weights{LINK}")
    settled(page)
    pick(page, "How much they matter")
    expect(page.get_by_text("Dials decides the ranking: 70% of the weight, 100% of the influence.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"at the top\.$"))).to_have_count(1)
    page.get_by_text("Show all figures").click()
    expect(page.get_by_text(re.compile(r"at the top\.$"))).to_have_count(4)
    expect(page.get_by_role("heading", name=re.compile("reps are tied:"))).to_be_visible()
    expect(page.get_by_text("moves the ranks most.")).to_be_visible()
