"""Every page draws all its pictures, throws nothing, shows no error; axe finds nothing serious in either theme."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import serious_problems
from tests.browser.conftest import visit
from tests.browser.waiting import pick, press, settled
from workbench.ui.session.navigation import NOT_IN_NAVIGATION, PAGES

SAMPLE = "quotes-desk"
Scheme = Literal["light", "dark"]
THEME = tomllib.loads((Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text())["theme"]
BACKGROUNDS = {mode: f"rgb{tuple(bytes.fromhex(THEME[mode]['backgroundColor'][1:]))}" for mode in ("light", "dark")}
"""Of each theme, as a browser says it."""


@pytest.fixture(scope="module")
def tab(chromium: Browser, server: str) -> Iterator[Page]:
    """One visitor who goes through all pages; that each opens cold by its link, the tests of the pages show."""
    with visit(chromium, server) as page:
        page.goto(f"/?data={SAMPLE}")
        settled(page)  # a change of theme before the app's own has come leaves the framework's for good
        yield page


@pytest.fixture
def thrown(tab: Page) -> Iterator[list[str]]:
    errors: list[str] = []

    def remember(error: Exception) -> None:
        errors.append(str(error))

    tab.on("pageerror", remember)
    yield errors
    tab.remove_listener("pageerror", remember)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in NOT_IN_NAVIGATION])
def test_nothing_throws(tab: Page, thrown: list[str], name: str) -> None:
    change_theme(tab, "dark")
    open_page(tab, PAGES[name][0])
    expect(tab.get_by_role("button", name="Quotes beside sales", exact=True)).to_be_visible()
    drawn(tab)
    expect(tab.get_by_test_id("stException")).to_have_count(0)
    assert thrown == []
    assert serious_problems(tab) == []
    change_theme(tab, "light")
    assert serious_problems(tab) == []  # as a visitor sees it who changes the theme and has not clicked yet
    show_in(tab, "light")
    assert serious_problems(tab) == []
    expect(tab).to_have_title(f"{PAGES[name][0]} – KPI Design Workbench")
    expect(tab.get_by_role("heading", level=1)).to_have_count(1)


def test_how_much_weights_matter_is_drawn_whole(tab: Page, thrown: list[str]) -> None:
    open_page(tab, "Preview")
    pick(tab, "How much they matter")
    expect(tab.get_by_role("heading", name="Which KPI decides the ranking")).to_be_visible()
    expect(tab.get_by_text("Each weight from 0 to 100%")).to_have_count(0)
    tab.get_by_text("Show all figures").click()
    expect(tab.get_by_text("Each weight from 0 to 100%")).to_be_visible()
    settled(tab)
    drawn(tab)
    assert thrown == []
    assert serious_problems(tab) == []


def test_finding_weights_beside_the_ranking_draws_and_is_for_every_eye(tab: Page, thrown: list[str]) -> None:
    open_page(tab, "Preview")
    pick(tab, "Find weights")
    press(tab, "Lift first", 2)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("next month")  # the sample counts its goal
    expect(tab.get_by_text(re.compile(r"This draft puts \d of 6 best sellers in the top 6"))).to_be_visible()
    tab.mouse.move(0, 0)
    drawn(tab)
    assert thrown == []
    assert serious_problems(tab) == []
    show_in(tab, "dark")
    assert serious_problems(tab) == []


def open_page(tab: Page, name: str) -> None:
    """Open a page from the list on top, or from what a narrow window folds; its link is marked once it is open."""
    link = tab.get_by_test_id("stTopNavLink").filter(has_text=name)
    if link.evaluate("link => Boolean(link.closest('[inert]'))"):
        tab.get_by_text(re.compile(r"^\d+ more$")).click()
        tab.get_by_test_id("stTopNavDropdownLink").filter(has_text=name).click()
    else:
        link.click()
    settled(tab)
    expect(link).to_have_attribute("aria-current", "page")


def show_in(tab: Page, scheme: Scheme) -> None:
    """Show the page in the other theme, and draw it anew: the words inside its pictures hang on the theme."""
    change_theme(tab, scheme)
    tab.locator("body").press("r")
    settled(tab)


def change_theme(tab: Page, scheme: Scheme) -> None:
    """Change what the visitor's machine prefers, and wait until the app has followed."""
    tab.emulate_media(color_scheme=scheme)
    expect(tab.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUNDS[scheme])


def drawn(page: Page) -> None:
    """Every picture in sight is there: one that throws leaves its place empty."""
    for chart in page.get_by_test_id("stVegaLiteChart").filter(visible=True).all():
        expect(chart.locator("canvas, svg").first).to_be_attached()
