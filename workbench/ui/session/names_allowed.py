"""Who may see named flags on a shared server: the setting ``WORKBENCH_NAMES``, and the one place that decides by it."""

from __future__ import annotations

import os
from collections.abc import Sequence

import streamlit as st

from workbench.rights.person import mail_address, verified_address
from workbench.ui.session.signed_in import has_unreadable_secrets

SETTING = "WORKBENCH_NAMES"
EVERYBODY, NOBODY = "everybody", "nobody"


def may_see_named_flags() -> bool:
    """Whether whoever looks may see which reps are worth a conversation.

    The environment leads, then Streamlit's secrets. Without a setting everybody may; nobody while the secrets, which
    may have one, cannot be read.
    """
    return is_allowed(_setting(), _email_of_user())


def is_allowed(setting: str | Sequence[str] | None, email: str) -> bool:
    """Whether a setting allows a person.

    Parameters
    ----------
    setting : ``everybody``, ``nobody``, or e-mail addresses as a list or with commas between them. What is neither is
        an address that nobody has: a typing error shows names to nobody.
    email : of the person who is signed in; "" of anybody else.
    """
    listed = setting.split(",") if isinstance(setting, str) else list(setting or [])
    chosen = {mail_address(each) for each in listed} - {""}
    if setting is None or chosen == {EVERYBODY} or (isinstance(setting, str) and not chosen):
        return True
    return chosen != {NOBODY} and bool(email) and mail_address(email) in chosen


def _setting() -> str | Sequence[str] | None:
    if os.environ.get(SETTING):
        return os.environ[SETTING]
    if has_unreadable_secrets():
        return NOBODY
    return st.secrets.get(SETTING) if st.secrets.load_if_toml_exists() else None


def _email_of_user() -> str:
    """The e-mail address of who is signed in, unless the provider says that it was not verified; otherwise ""."""
    user = st.user.to_dict()
    return verified_address(user) if user.get("is_logged_in") else ""
