"""No page asks anything of another machine, and the app answers its own machine only."""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import visit
from tests.browser.waiting import settled
from workbench.ui.session.navigation import NOT_IN_NAVIGATION, PAGES

SAMPLE = "quotes-desk"
LINKS = [f"/{name}?data={SAMPLE}" for name in PAGES if name not in NOT_IN_NAVIGATION]
SLIDES = [f"/{name}?data={SAMPLE}&present={name}" for name in ("preview", "evidence")]
NAMED = "() => [...document.querySelectorAll('link[href], [src]')].map(each => each.href || each.src)"
"""Addresses of icons, styles, pictures and scripts; a browser without windows does not ask for the page's icon."""


@pytest.fixture(scope="module")
def tab(chromium: Browser, server: str) -> Iterator[Page]:
    with visit(chromium, server) as page:
        yield page


def foreign(addresses: list[str], server: str) -> set[str]:
    """The addresses of other machines; what is written in the page itself has no host."""
    own = urlsplit(server).netloc
    return {each for each in addresses if urlsplit(each).netloc not in ("", own)}


def test_other_machines_are_recognised() -> None:
    asked = [
        "http://127.0.0.1:85/a.js",
        "ws://127.0.0.1:85/s",
        "data:image/png;base64,xx",
        "https://fonts.example/i.svg",
    ]
    assert foreign(asked, "http://127.0.0.1:85") == {"https://fonts.example/i.svg"}


@pytest.mark.parametrize("link", ["/", *LINKS, *SLIDES])
def test_no_page_asks_another_machine(tab: Page, server: str, link: str) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("websocket", lambda opened: asked.append(opened.url))
    tab.goto(link)
    settled(tab)
    tab.wait_for_function("() => document.title.endsWith('KPI Design Workbench')")
    expect(tab.locator("link[rel~=icon]")).to_have_attribute("href", re.compile(r"^data:image/svg"))
    assert len(asked) > 1
    assert foreign(asked, server) == set()
    assert foreign(tab.evaluate(NAMED), server) == set()


def test_only_this_machine_is_answered(server: str) -> None:
    """Every address that begins with 127 is this machine's, but only the first is called localhost."""
    port = urlsplit(server).port
    with socket.socket() as other:
        other.settimeout(5)
        refused = other.connect_ex(("127.0.0.2", port))
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        assert refused in (errno.ECONNREFUSED, errno.EADDRNOTAVAIL, errno.EHOSTUNREACH, errno.EAGAIN)
