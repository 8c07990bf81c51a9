"""Who is signed in: the person at work, with role, teams and limits as the secrets give them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.runtime.scriptrunner import get_script_run_ctx

from workbench.rights.acting import as_server, current_person
from workbench.rights.may import ROWS, Action, Thing, may
from workbench.rights.person import Person, RightsSettings, parse_rights, person_from_claims
from workbench.store.kinds import DATA_SET
from workbench.ui.session.remember_person import remember_person

SETTING = "WORKBENCH_SHARED"
OPEN, SIGN_IN = "open", "sign-in"
SECTION = "rights"
_NOTED = "context.signed_in"
_was_set_up: list[bool] = []


def needs_sign_in() -> bool:
    """Whether the app is for people who sign in: ``make serve`` says so, or the secrets set sign-in up.

    On one machine without such secrets it is not, and neither where the server was started for everybody. Secrets that
    cannot be read may set it up, and while somebody saves them, the file may be empty for a moment.
    """
    shared = os.environ.get(SETTING)
    if shared in (OPEN, SIGN_IN):
        return shared == SIGN_IN
    if _secret("auth") and not _was_set_up:
        _was_set_up.append(True)
    return bool(_was_set_up) or has_unreadable_secrets()


def name_of_user() -> str:
    """The name of who is signed in, else the e-mail address; empty where nobody is."""
    user = st.user.to_dict()
    return str(user.get("name") or user.get("email") or "") if user.get("is_logged_in") else ""


def rights_settings() -> RightsSettings:
    """The section of the secrets that gives roles, teams and limits."""
    return parse_rights(_secret(SECTION))


def person_at_work() -> Person | None:
    """Who is signed in; None where nobody needs to, and outside a page, where the server itself is at work.

    Who is not signed in although it is needed is somebody without a role.
    """
    if get_script_run_ctx(suppress_warning=True) is None or not needs_sign_in():
        return None
    user = st.user.to_dict()
    if not user.get("is_logged_in"):
        return Person("", "", "")
    return person_from_claims(user, rights_settings())


def note_sign_in(person: Person) -> None:
    """Keep in the log that somebody signed in, once a sign-in, and the role that the person has now."""
    token = str(st.user.to_dict().get("iat") or "")
    if st.session_state.get(_NOTED) != (person, token):
        st.session_state[_NOTED] = person, token
        with as_server():
            remember_person(person, token)


def may_now(action: Action, thing: Thing) -> bool:
    """Whether the person at work may do something."""
    return may(current_person(), action, thing)


def may_edit_data() -> bool:
    """Whether the person at work may see the rows of files, and save what is made of them."""
    return may_now(Action.SEE, ROWS) and may_now(Action.MAKE, Thing(DATA_SET))


def has_unreadable_secrets() -> bool:
    """Whether there are secrets that cannot be read, such as a file with a typing error."""
    return not _are_loaded() and any(os.path.lexists(path) for path in config.get_option("secrets.files"))


def _secret(section: str) -> Mapping[str, Any]:
    found = st.secrets.get(section) if _are_loaded() else None
    return found if isinstance(found, Mapping) else {}


def _are_loaded() -> bool:
    try:
        return st.secrets.load_if_toml_exists()
    except (OSError, ValueError):  # no right to read the file, or no text: Streamlit passes these on
        return False
