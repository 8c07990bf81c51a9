"""The part of a page that is open, carried by the link as ``?part=…``; Back goes to the part before."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

PARAMETER = "part"
_SEEN = "context.part_seen"


def forget_part() -> None:
    """The tabs of the page are gone for now: when they come back, the link leads."""
    st.session_state.pop(_SEEN, None)


def follow_part(key: str, parts: Sequence[str]) -> None:
    """Bring the link and the tabs of a page together; called before the tabs are drawn.

    A link that differs from the one last seen was opened, or came from Back: it leads. Otherwise the tabs lead.

    Parameters
    ----------
    key : of the tabs, whose state is the open one's label. parts : the labels; the first needs no parameter.
    """
    slugs = {part: part.lower().replace(" ", "-") for part in parts}
    asked, seen = st.query_params.get(PARAMETER, ""), st.session_state.get(_SEEN, {}).get(key)
    wanted = next((part for part, slug in slugs.items() if slug == asked), parts[0])
    if asked != (seen or ""):
        st.session_state[key] = wanted
    else:
        wanted = st.session_state.get(key) or parts[0]
    now = "" if wanted == parts[0] else slugs[wanted]
    if now != asked:
        st.query_params.update({PARAMETER: now}) if now else st.query_params.pop(PARAMETER, None)
    st.session_state[_SEEN] = {key: now}
