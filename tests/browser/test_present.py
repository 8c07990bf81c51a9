"""The wall in a browser: opened by a key, walked with the arrows, left with Esc, and readable from afar."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import free_port, running_app, visit
from tests.browser.waiting import settled
from workbench.words.sharing import ANYBODY

MOST_CHROME = 120  # pixels above what a page says first
SMALLEST = """() => {
  const sizes = [];
  const walk = (node) => {
    for (const child of node.querySelectorAll("*")) {
      if (child.shadowRoot) walk(child.shadowRoot);
      const own = [...child.childNodes].some((text) => text.nodeType === 3 && text.textContent.trim());
      const { width, height, bottom, right } = child.getBoundingClientRect();
      const look = getComputedStyle(child);
      if (own && width * height && bottom > 0 && right > 0 && look.visibility === "visible")
        sizes.push([parseFloat(look.fontSize), child.textContent.trim().slice(0, 40)]);
    }
  };
  walk(document.body);
  return sizes.sort((a, b) => a[0] - b[0]).filter(([size]) => size < 24);
}"""


def test_a_slide_of_an_open_server_says_so_in_letters_that_are_read_from_afar(
    chromium: Browser, tmp_path: Path
) -> None:
    port = free_port()
    with running_app(tmp_path, port, WORKBENCH_SHARED="open"), visit(chromium, f"http://localhost:{port}") as page:
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.goto("/preview?data=quotes-desk&present=preview")
        settled(page)
        expect(page.get_by_text(ANYBODY)).to_be_visible()
        assert page.evaluate(SMALLEST) == []
        sentence, line = (page.locator(f".{part}").bounding_box() for part in ("sentence", "shared"))
        assert sentence is not None
        assert line is not None
        assert sentence["y"] >= 0
        assert line["y"] + line["height"] <= 0.15 * 1080, "within the frame, above the picture"


def test_a_page_is_presented_by_a_key_walked_by_arrows_and_left_with_esc(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/preview?data=quotes-desk")
    expect(page.get_by_role("heading", name="next month's sales")).to_be_visible()
    settled(page)
    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().top") <= MOST_CHROME
    page.get_by_role("radio", name="Within reps").click()
    settled(page)
    page.keyboard.press("p")
    expect(page.get_by_text("5 of 14")).to_be_visible()
    settled(page)
    assert "present=preview" in page.url
    expect(page.get_by_role("link", name="Preview")).to_have_count(0)
    expect(page.locator("svg.marks")).to_have_count(1)
    assert page.evaluate(SMALLEST) == []
    assert page.evaluate("document.querySelector('.stSidebar') === null")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("6 of 14")).to_be_visible()
    page.get_by_role("button", name="Previous slide").click()
    expect(page.get_by_text("5 of 14")).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Preview")).to_be_visible()
    expect(page.get_by_role("radio", name="Within reps")).to_be_checked()
    settled(page)
    assert "present=" not in page.url
    assert "/preview?" in page.url
