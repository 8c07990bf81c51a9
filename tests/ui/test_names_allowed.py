"""Who may see named flags: the setting decides, and whoever may not is sent no name of a rep by Integrity."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.sample_panels import sample_panel
from tests.ui.conftest import Open
from tests.ui.test_hidden_names import everything_sent
from tests.ui.test_integrity import FAKERS, shown
from workbench.ui.session.names_allowed import SETTING, is_allowed
from workbench.words.integrity import NAMES_NOT_SHOWN, TABS

ANA = "ana@firm.com"


@pytest.mark.parametrize(
    ("setting", "email", "allowed"),
    [
        (None, "", True),
        ("", "", True),
        (" Everybody ", "", True),
        ("nobody", ANA, False),
        (f"ben@firm.com, {ANA.upper()}", ANA, True),
        (["ben@firm.com", ANA], f" {ANA} ", True),
        ([], ANA, False),
        ("ben@firm.com", ANA, False),
        (ANA, "", False),
        ("ben@firm.com,", "", False),
        ("nobdy", "", False),
        (f"nobody, {ANA}", ANA, True),
        ("ana@firm.com.evil.org", ANA, False),
    ],
)
def test_the_setting_allows_everybody_nobody_or_addresses(setting: object, email: str, allowed: bool) -> None:
    assert is_allowed(setting, email) is allowed


def reps_sent(app: AppTest) -> list[str]:
    sent = b"\n".join(everything_sent(app._tree))
    assert len(sent) > 1_000
    return [rep for rep in sample_panel("dials-floor").reps["rep"] if rep.encode() in sent]


@pytest.mark.parametrize("setting", ["nobody", ANA])
def test_whoever_may_not_see_names_is_sent_none(opened: Open, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv(SETTING, setting)
    app = opened("integrity", data="dials-floor")
    for tab in TABS:
        app.session_state["integrity.part"] = tab
        app.run()
        assert not app.exception
        assert reps_sent(app) == [], tab
    app.session_state["integrity.part"] = TABS[0]
    app.run()
    assert NAMES_NOT_SHOWN in shown(app)
    assert "8 of 24 reps are worth a conversation" in app.header[0].value
    assert "Calls of a few seconds: 8 of 24 reps stand out" in shown(app)
    assert not any((button.key or "").startswith("integrity.rows") for button in app.button)


def test_the_slide_of_integrity_draws_no_single_rep_then(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    named = opened("integrity", data="dials-floor", present="integrity")
    monkeypatch.setenv(SETTING, "nobody")
    app = opened("integrity", data="dials-floor", present="integrity")
    assert not app.exception
    assert reps_sent(app) == []
    assert b"rep 1" in b"".join(everything_sent(named._tree))
    assert b"rep 1" not in b"".join(everything_sent(app._tree))


def test_a_signed_in_person_on_the_list_sees_names(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, ANA)
    user = {"is_logged_in": True, "email": ANA}
    monkeypatch.setattr("streamlit.user_info._get_user_info", lambda: user)
    app = opened("integrity", data="dials-floor")
    assert set(FAKERS) <= set(reps_sent(app))
    assert NAMES_NOT_SHOWN not in shown(app)
    user["email_verified"] = False
    assert reps_sent(app.run()) == []


def test_secrets_say_it_where_the_environment_does_not(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    app = opened("integrity", data="dials-floor")
    assert FAKERS[0] in reps_sent(app)
    app.secrets[SETTING] = "nobody"
    assert reps_sent(app.run()) == []
