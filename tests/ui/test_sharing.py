"""What the app says and asks where it is shared with other machines."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.runtime.secrets import Secrets

from tests.ui.conftest import Open, label_of
from tests.ui.test_present import stage
from workbench.ui.session import signed_in
from workbench.ui.session.names_allowed import may_see_named_flags
from workbench.ui.session.navigation import NOT_IN_NAVIGATION, PAGES
from workbench.ui.session.signed_in import OPEN, SETTING, SIGN_IN, needs_sign_in, rights_settings
from workbench.words.sharing import ANYBODY, SIGN_IN_FIRST, no_role_sentence


@pytest.mark.parametrize("page", [page for page in PAGES if page not in NOT_IN_NAVIGATION])
def test_every_page_of_an_open_server_says_so(page: str, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, OPEN)
    app = opened(page, data="quotes-desk")
    assert not app.exception
    assert sum(ANYBODY in each.value for each in app.caption) == 1


def test_a_slide_of_an_open_server_says_so(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, OPEN)
    assert stage(opened("start", data="quotes-desk", present="preview"))["shared"] == ANYBODY
    monkeypatch.delenv(SETTING)
    assert stage(opened("start", data="quotes-desk", present="preview"))["shared"] == ""


def test_on_the_own_machine_nothing_is_said_of_it(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    assert not any(ANYBODY in each.value for each in opened("start").caption)


def test_nothing_is_shown_before_somebody_signs_in(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, SIGN_IN)
    user = {"is_logged_in": False}
    monkeypatch.setattr("streamlit.user_info._get_user_info", lambda: user)
    app = opened("preview", data="quotes-desk")
    assert [label_of(button) for button in app.button] == ["Sign in"]
    assert [each.value for each in app.markdown] == [SIGN_IN_FIRST]
    assert len(app.selectbox) == 0
    user |= {"is_logged_in": True, "name": "Ana Ruiz", "email": "ana@example.com"}
    app = app.run()
    assert [label_of(button) for button in app.button] == ["Sign out"], "nobody has given her a role"
    assert [each.value for each in app.markdown] == [no_role_sentence("Ana Ruiz")]
    assert len(app.selectbox) == 0
    monkeypatch.setattr(signed_in, "_secret", lambda section: {"viewers": ["Ana@example.com"]})
    app = app.run()
    assert "Sign in" not in [label_of(button) for button in app.button]
    assert len(app.selectbox) > 0


def test_secrets_that_cannot_be_read_open_the_app_to_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secrets.toml"
    asked = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: [str(file)] if name == "secrets.files" else asked(name))
    monkeypatch.setattr(st, "secrets", Secrets())
    monkeypatch.delenv(SETTING, raising=False)
    assert (needs_sign_in(), may_see_named_flags()) == (False, True), "a laptop has no such file"
    for content in (b'[auth]\nclient_id = "x', b"\xff"):
        file.write_bytes(content)
        assert (needs_sign_in(), may_see_named_flags()) == (True, False)
        assert not rights_settings().has_admin
    monkeypatch.setenv(SETTING, OPEN)
    assert not needs_sign_in()


def test_sign_in_that_was_set_up_stays_needed_while_the_secrets_are_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setattr(signed_in, "_was_set_up", [])
    for content, needed in ({}, False), ({"client_id": "x"}, True), ({}, True):
        monkeypatch.setattr(signed_in, "_secret", lambda section, content=content: content)
        assert needs_sign_in() is needed
