"""Who is signed in: the person at work, with role, teams and limits as the secrets give them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import streamlit as st
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


def needs_sign_in() -> bool:
    """Whether the app is for people who sign in: ``make serve`` says so, or the secrets set sign-in up.

    On one machine without such secrets it is not, and neither where the server was started for everybody.
    """
    shared = os.environ.get(SETTING)
    return shared == SIGN_IN or (shared != OPEN and bool(_secret("auth")))


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


def _secret(section: str) -> Mapping[str, Any]:
    found = st.secrets.get(section) if st.secrets.load_if_toml_exists() else None
    return found if isinstance(found, Mapping) else {}
