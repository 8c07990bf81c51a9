"""The Coaching page in a browser: a cold deep link, outcomes mapped by mouse and undone, and one rep."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.waiting import choose, press, settled


def test_a_cold_link_the_mapping_and_one_rep(page: Page) -> None:
    page.goto("/coaching?data=the-conversation")
    expect(page.get_by_role("heading", name="Reps differ at Reached mostly by the hour")).to_be_visible()
    settled(page)
    page.get_by_role("tab", name="Outcomes and phases").click()
    settled(page)
    page.get_by_role("radiogroup", name="Phase of no answer").get_by_text("No phase").click()
    settled(page)
    expect(page.get_by_text("38% of the calls are left out")).to_be_visible()
    press(page, "Undo")
    expect(page.get_by_text("of the calls are left out")).to_have_count(0)
    page.keyboard.press("p")
    settled(page)
    stage, chart = page.locator(".stage").bounding_box(), page.locator(".stVegaLiteChart").bounding_box()
    assert stage is not None
    assert chart is not None
    assert chart["y"] >= stage["y"] + stage["height"]
    page.keyboard.press("Escape")
    settled(page)
    page.get_by_role("tab", name="One rep").click()
    settled(page)
    expect(page.get_by_text("Try other hours with Gulsen Yilmaz")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("tab", name="The plan").click()
        settled(page)
        press(page, "Plan to print")
    printed = download.value.path().read_text(encoding="utf-8")
    assert "Gulsen Yilmaz" in printed
    assert "<script" not in printed


def test_the_address_carries_the_part_and_back_goes_to_the_one_before(page: Page) -> None:
    page.goto("/coaching?data=the-conversation&part=one-rep")
    expect(page.get_by_role("tab", name="One rep")).to_have_attribute("aria-selected", "true")
    settled(page)
    expect(page.get_by_text("Try other hours with Gulsen Yilmaz")).to_be_visible()
    page.get_by_role("tab", name="Over time").click()
    settled(page)
    expect(page).to_have_url(re.compile("part=over-time"))
    page.go_back()
    settled(page)
    expect(page.get_by_role("tab", name="One rep")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="The plan").click()
    settled(page)
    expect(page).not_to_have_url(re.compile("part="))
    page.get_by_role("link", name="Integrity").click()
    settled(page)
    expect(page).not_to_have_url(re.compile("part="))
    expect(page.get_by_role("tab", name="Who")).to_have_attribute("aria-selected", "true")


def test_the_address_carries_the_rep_and_back_goes_to_the_one_before(page: Page) -> None:
    page.goto("/coaching?data=the-conversation&part=one-rep&rep=01")
    settled(page)
    expect(page.get_by_text("Alicia Moreno is ahead at Reached")).to_be_visible()
    choose(page, page.get_by_role("combobox", name="Rep"), "David Cohen")
    expect(page.get_by_text("Try other hours with David Cohen")).to_be_visible()
    expect(page).to_have_url(re.compile(r"rep=\d\d"))
    expect(page).not_to_have_url(re.compile("David|rep=01"))
    page.go_back()
    settled(page)
    expect(page.get_by_text("Alicia Moreno is ahead at Reached")).to_be_visible()
    expect(page).to_have_url(re.compile("rep=01"))
