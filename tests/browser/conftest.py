"""One server and one browser for all browser tests; each test gets a tab of its own (its own session)."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import find_browser
from tests.browser.waiting import listen

ROOT = Path(__file__).resolve().parents[2]
LIMIT_MS = 120_000  # bounds how long a failure takes; it is no claim about speed, which is measured by benchmarks
expect.set_options(timeout=LIMIT_MS)
SIZE = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own browser; without one these tests are skipped, except in CI, where they must run."""
    executable = find_browser()
    if executable is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("No Chromium or Chrome was found: install one, or name it in WORKBENCH_BROWSER.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app, started as ``make run`` starts it, with a workspace of its own."""
    port = free_port()
    with running_app(tmp_path_factory.mktemp("home"), port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running_app(home: Path, port: int, **settings: str) -> Iterator[None]:
    """Within, the app runs with a workspace, and with more in its environment."""
    log = (home / "server.log").open("w")
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    options = ["--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none"]
    environment = os.environ | {"WORKBENCH_HOME": str(home), "WORKBENCH_GET_READY": "no"} | settings
    process = subprocess.Popen(command + options, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_until_answered(f"http://127.0.0.1:{port}/_stcore/health", process, home / "server.log")
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def browsing(chromium: Browser, server: str) -> Iterator[BrowserContext]:
    """What the tests' tabs share: the app's own files, which are fetched and compiled once."""
    with _context(chromium, server) as context:
        yield context


@pytest.fixture
def page(browsing: BrowserContext) -> Iterator[Page]:
    """A new tab of somebody new, with a new session; paths are relative to the app (``page.goto("/data")``)."""
    yield browsing.new_page()
    for tab in browsing.pages:
        tab.close()
    browsing.clear_cookies()  # by which a learner is known: a story left open would cover the next test's page


@contextmanager
def visit(chromium: Browser, server: str) -> Iterator[Page]:
    """The tab of somebody at another machine."""
    with _context(chromium, server) as context:
        yield context.new_page()


@contextmanager
def _context(chromium: Browser, server: str) -> Iterator[BrowserContext]:
    with chromium.new_context(base_url=server, viewport=SIZE) as context:
        context.set_default_timeout(LIMIT_MS)
        listen(context)
        yield context


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_answered(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 120) -> None:
    """Ask until the server answers; says what it printed when it ended or stays silent."""
    give_up, between_asks = time.monotonic() + seconds, threading.Event()
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            between_asks.wait(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text()}")
