"""What opens over a page, such as a list or a dialog, is for every eye in both themes: axe finds nothing serious."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import serious_problems
from tests.browser.conftest import visit
from tests.browser.test_pages_draw import Scheme, change_theme, open_page, show_in
from tests.browser.waiting import settled
from tests.effort import cases
from workbench.ui.session.navigation import NOT_IN_NAVIGATION, PAGES

SAMPLE = "dials-floor"
EVERY_DAY = ("data", "preview", "evidence", "trials")
OTHERS = tuple(name for name in PAGES if name not in (*NOT_IN_NAVIGATION, *EVERY_DAY))


@pytest.fixture(scope="module")
def tab(chromium: Browser, server: str) -> Iterator[Page]:
    with visit(chromium, server) as page:
        page.goto(f"/?data={SAMPLE}")
        settled(page)
        yield page


@pytest.mark.parametrize("scheme", cases(("dark",), ("light",)))
@pytest.mark.parametrize("name", cases(EVERY_DAY, OTHERS))
def test_what_a_button_opens_is_for_every_eye(tab: Page, name: str, scheme: Scheme) -> None:
    change_theme(tab, scheme)
    open_page(tab, PAGES[name][0])
    show_in(tab, scheme)
    buttons = tab.get_by_test_id("stPopover").filter(visible=True).get_by_role("button")
    assert buttons.count() >= 1  # that of the design is on every page
    labels = [button.inner_text() for button in buttons.all()]
    for place in [labels.index(label) for label in dict.fromkeys(labels)]:  # of many alike the first
        buttons.nth(place).click()
        opened = tab.get_by_test_id("stPopoverBody")
        expect(opened).to_be_visible()
        tab.mouse.move(0, 0)  # below a hand Streamlit writes the label of an open list in its own colour
        settled(tab)
        assert serious_problems(tab) == [], buttons.nth(place).inner_text()
        tab.keyboard.press("Escape")
        expect(opened).to_be_hidden()
