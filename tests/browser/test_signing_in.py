"""Signing in for real: a provider of the tests' own, the app behind it, and a viewer, an editor and an admin."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acting import ADMIN, BEN, VIEWER, acting
from tests.browser.conftest import free_port, running_app, visit, wait_until_answered
from tests.browser.waiting import choose, settled
from workbench.data.library.data_sets import add_data_set
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.rights.person import Person
from workbench.words.issues_commands import NOT_SHARED
from workbench.words.sharing import EVERYBODY_WHO_SIGNS_IN, HAND_OVER, HAND_OVER_TO, LOG, SIGN_IN_FIRST

PERSON, SHARE = ".st-key-context-person", ".st-key-context-share"
SECRET = "Zebra deals"
SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "only for tests, and long enough for that"
client_id = "workbench"
client_secret = "not secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[rights]
role_claim = "role"
"""


@dataclass(frozen=True)
class SharedApp:
    """A running app with sign-in, and the id of a private data set of Ben's."""

    address: str
    secret: str


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    home, user, port = tmp_path_factory.mktemp("shared"), tmp_path_factory.mktemp("user"), free_port()
    address = f"http://localhost:{port}"
    with acting(BEN):
        source = Source(name="deals", location="deals.csv", rep="rep", date="day", measures=(Measure(name="deals"),))
        rows = [f"{rep},2026-{month:02}-03" for month in range(1, 7) for rep in ("Nora", "Sven")]
        entry = add_data_set(home, DataSet(name=SECRET, sources=(source,)),
                             {"deals.csv": "\n".join(["rep,day", *rows]).encode()})  # fmt: skip
    with running_provider(home / "provider.log") as provider:
        (user / ".streamlit").mkdir()
        (user / ".streamlit" / "secrets.toml").write_text(SECRETS.format(app=address, provider=provider))
        with running_app(home, port, HOME=str(user)):
            yield SharedApp(address, entry.id)


@contextmanager
def running_provider(log: Path) -> Iterator[str]:
    """An OpenID Connect provider that knows three people; it runs by itself, with whatever it warns of."""
    address = f"http://localhost:{(port := free_port())}"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    for person in (ADMIN, BEN, VIEWER):
        claims = {"sub": person.name, "name": person.name, "email": person.id, "role": person.role}
        command += ["--user-claims", json.dumps(claims)]
    with log.open("w") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            wait_until_answered(f"{address}/.well-known/openid-configuration", process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def signed_in(chromium: Browser, shared: SharedApp, person: Person, link: str) -> Iterator[Page]:
    """The tab of somebody who opens a link, is asked to sign in, and does."""
    with visit(chromium, shared.address) as page:
        page.goto(link)
        expect(page.get_by_text(SIGN_IN_FIRST)).to_be_visible()
        expect(page.get_by_text(SECRET)).to_have_count(0)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name=person.name, exact=True).click()
        expect(page.locator(PERSON).get_by_text(person.name)).to_be_visible()
        settled(page)
        yield page


def test_a_link_survives_signing_in_and_each_role_sees_what_is_its_own(chromium: Browser, shared: SharedApp) -> None:
    link = f"/data?data={shared.secret}"
    with signed_in(chromium, shared, VIEWER, link) as page:
        expect(page).to_have_url(re.compile(re.escape(link)))
        expect(page.get_by_text(NOT_SHARED)).to_be_visible()
        expect(page.get_by_text(SECRET)).to_have_count(0)
        with signed_in(chromium, shared, BEN, link) as bens:
            expect(bens.get_by_text(SECRET).first).to_be_visible()
            bens.locator(SHARE).get_by_role("button").click()
            bens.get_by_role("combobox", name="This data set").click()
            bens.get_by_role("option", name=EVERYBODY_WHO_SIGNS_IN).click()
            settled(bens)
        page.goto(link)
        expect(page.get_by_text(SECRET).first).to_be_visible()
        expect(page.get_by_role("button", name="Edit the mapping")).to_have_count(0)
        expect(page.get_by_text(LOG)).to_have_count(0)
        page.locator(PERSON).get_by_role("button").click()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("button", name="End session").click()  # at the provider
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    with signed_in(chromium, shared, ADMIN, "/data") as page:
        page.get_by_text(LOG).click()
        log = page.locator(".st-key-data-log").get_by_role("gridcell", include_hidden=True)
        expect(log.filter(has_text=f"{BEN.name} ({BEN.id})").first).to_be_attached()


def test_a_data_set_is_handed_over_and_taken_back(chromium: Browser, shared: SharedApp) -> None:
    link = f"/data?data={shared.secret}"
    with signed_in(chromium, shared, ADMIN, "/data"):
        pass  # so that she is known
    with signed_in(chromium, shared, BEN, link) as page:
        page.locator(SHARE).get_by_role("button").click()
        page.get_by_text(HAND_OVER, exact=True).first.click()
        choose(page, page.get_by_role("combobox", name=HAND_OVER_TO), f"{ADMIN.name} ({ADMIN.id})")
        page.get_by_role("button", name=HAND_OVER).click()
        expect(page.get_by_text(f"{SECRET} belongs to {ADMIN.name} now.")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Undo", exact=True).click()
        expect(page.get_by_text("belongs to")).to_have_count(0)
        expect(page.get_by_role("button", name="Edit the mapping")).to_be_visible()
