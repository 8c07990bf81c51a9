"""What the app says and asks where it is shared with other machines."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Open, label_of
from workbench.ui.session import signed_in
from workbench.ui.session.navigation import NOT_IN_NAVIGATION, PAGES
from workbench.ui.session.signed_in import OPEN, SETTING, SIGN_IN
from workbench.words.sharing import ANYBODY, SIGN_IN_FIRST, no_role_sentence


@pytest.mark.parametrize("page", [page for page in PAGES if page not in NOT_IN_NAVIGATION])
def test_every_page_of_an_open_server_says_so(page: str, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, OPEN)
    app = opened(page, data="quotes-desk")
    assert not app.exception
    assert sum(ANYBODY in each.value for each in app.caption) == 1


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
