"""What a link opens: a cold deep link, a dead one, and two tabs that do not disturb each other."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import visit
from tests.browser.waiting import choose, press, settled

TRUST = "What do we have, and can we trust it?"


def test_a_cold_deep_link_opens_the_page_in_its_frame(page: Page) -> None:
    page.goto("/data?data=quotes-desk")
    expect(page.get_by_role("heading", name=TRUST)).to_be_visible()
    expect(page.get_by_role("link", name="Preview")).to_be_visible()
    expect(page.get_by_text("18 reps × 21 months")).to_be_visible()


def test_a_dead_link_says_so_and_leaves_a_way_on(page: Page) -> None:
    page.goto("/data?data=0123456789abcdef")
    expect(page.get_by_text("that is not on this computer")).to_be_visible()
    page.get_by_role("button", name="Open The dials floor").click()
    expect(page.get_by_text("24 reps × 18 months")).to_be_visible()
    expect(page.get_by_text("that is not on this computer")).to_have_count(0)
    assert "data=dials-floor" in page.url


def test_two_visitors_each_keep_their_own_data_set(page: Page, chromium: Browser, server: str) -> None:
    page.goto("/data?data=quotes-desk")
    expect(page.get_by_text("18 reps × 21 months")).to_be_visible()
    with visit(chromium, server) as second:
        second.goto("/data?data=many-ways-to-sell")
        expect(second.get_by_text("Many ways to sell:")).to_be_visible()
        page.get_by_role("link", name="Start").click()
        expect(page.get_by_text("The quotes desk: 18 reps × 21 months")).to_be_visible()


def test_a_step_is_one_entry_of_the_history(page: Page) -> None:
    page.goto("/coaching?part=one-rep&data=the-conversation")
    settled(page)
    rep = page.get_by_role("combobox", name="Rep", exact=True)
    choose(page, rep, "Felipe Araujo")
    expect(page).to_have_url(re.compile("rep="))
    with_rep, entries = page.url, page.evaluate("history.length")
    page.get_by_role("link", name="Start").click()
    settled(page)
    assert page.evaluate("history.length") == entries + 1
    press(page, "Open the preview")
    assert page.evaluate("history.length") == entries + 2
    page.go_back()
    settled(page)
    expect(page.get_by_role("heading", name="What is our #1 goal")).to_be_visible()
    page.go_back()
    settled(page)
    expect(page).to_have_url(with_rep)
    expect(rep).to_have_value("Felipe Araujo")


def test_back_from_a_sample_is_the_page_it_was_opened_on(page: Page) -> None:
    page.goto("/?data=dials-floor")
    settled(page)
    press(page, "Open The quotes desk")
    expect(page).to_have_url(re.compile("/preview.*data=quotes-desk"))
    page.go_back()
    settled(page)
    expect(page.get_by_role("heading", name="What is our #1 goal")).to_be_visible()


def test_other_data_opens_without_the_rep_and_the_kpi_that_were_looked_at(page: Page) -> None:
    page.goto("/?data=dials-floor&rep=06&kpi=Dials")
    settled(page)
    press(page, "Open The quotes desk")
    expect(page).to_have_url(re.compile("/preview.*data=quotes-desk"))
    settled(page)
    assert not {"rep", "kpi"} & set(parse_qs(urlsplit(page.url).query))
