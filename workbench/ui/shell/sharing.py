"""How the app is shared with other machines: who comes in, and what every page says of it (see ``make serve``)."""

from __future__ import annotations

import streamlit as st

from workbench.rights.acting import current_person
from workbench.ui.session.navigation import ICON, PAGES, page
from workbench.ui.session.sharing_lines import limited_line, no_sign_in_line
from workbench.ui.session.signed_in import has_unreadable_secrets
from workbench.ui.widgets.parts import quiet_label
from workbench.words.markdown import plain
from workbench.words.sharing import (
    SECRETS_UNREADABLE,
    SIGN_IN_FIRST,
    SIGN_OUT,
    limit_sentence,
    no_role_sentence,
    role_sentence,
    teams_sentence,
)


def show_sharing() -> None:
    """Say on every page that there is no sign-in, where the app is shared without, and of whom figures are."""
    if said := no_sign_in_line():
        st.caption(f":material/lock_open: {said}")
    if said := limited_line():
        st.caption(f":material/filter_alt: {plain(said)}")


def is_turned_away() -> bool:
    """Whether whoever looks has to sign in first, or has no role; then the page is the button that leads on."""
    person = current_person()
    if person is None or person.role:
        return False
    st.navigation([page(file, with_icon=False) for file in PAGES], position="hidden")  # each address is known
    st.set_page_config(page_title="KPI Design Workbench", page_icon=ICON)
    st.title("KPI Design Workbench")
    if has_unreadable_secrets():
        st.write(SECRETS_UNREADABLE)
    elif st.user.to_dict().get("is_logged_in"):
        st.write(no_role_sentence(person.name))
        st.button(SIGN_OUT, on_click=st.logout, type="primary")
    else:
        st.write(SIGN_IN_FIRST)
        st.button("Sign in", on_click=st.login, type="primary")
    return True


def show_who_is_signed_in() -> None:
    """The name of who is signed in with role and limit, and the way out; nothing where nobody signs in."""
    person = current_person()
    if person is None:
        return
    who = quiet_label(plain(person.name[:30]))
    with st.popover(who, icon=":material/person:", key="context.person", type="tertiary"):
        st.markdown(role_sentence(person.role))
        if person.teams:
            st.caption(plain(teams_sentence(sorted(person.teams))))
        if person.limit:
            st.caption(plain(limit_sentence(person.limit.attribute, person.limit.values)))
        st.button(SIGN_OUT, icon=":material/logout:", on_click=st.logout, key="context.sign_out")
