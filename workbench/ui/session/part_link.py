"""The part of a page that is open, carried by the link as ``?part=…``; Back goes to the part before."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

PARAMETER = "part"
CARRIED = (PARAMETER, "kpi", "rep", "trial", "weights")
"""What says where somebody is on a page; other pages leave it alone."""
_SEEN, _IN_LINK = "context.part_seen", "context.part_in_link"


def keep_part() -> None:
    """Remember what the link names; called by the frame when a page is drawn."""
    st.session_state[_IN_LINK] = st.query_params.to_dict()


def link_of_page_before(always: Collection[str]) -> dict[str, str]:
    """The link as it was before the navigation dropped its parameters, in their order: ``always`` and ``CARRIED``.

    Were it not put back as it was, the browser would add the page before to its history once more, without its part,
    and Back would lead to another part than the one that was left. The page at hand does not read it.
    """
    before: dict[str, str] = st.session_state.get(_IN_LINK, {})
    return {name: value for name, value in before.items() if name in (*always, *CARRIED)}


def forget_part() -> None:
    """The tabs of the page are gone for now: when they come back, the link leads."""
    st.session_state.pop(_SEEN, None)


def follow_part(key: str, parts: Sequence[str]) -> None:
    """Bring the link and the tabs of a page together; called before the tabs are drawn.

    A link that differs from the one last seen was opened, or came from Back: it leads, as it does on a page that was
    left in between. Otherwise the tabs lead. A part
    of another page stays in the link until a tab is chosen: taking it out would be a step of the browser's history.

    Parameters
    ----------
    key : of the tabs, whose state is the open one's label. parts : the labels; the first needs no parameter.
    """
    slugs = {part: part.lower().replace(" ", "-") for part in parts}
    named, seen = st.query_params.get(PARAMETER, ""), st.session_state.get(_SEEN, {}).get(key)
    asked = named if named in slugs.values() else ""
    wanted = next((part for part, slug in slugs.items() if slug == asked), parts[0])
    if asked != (seen or "") or not st.session_state.get(key):  # a page that was left has forgotten its tab
        st.session_state[key] = wanted
    else:
        wanted = st.session_state[key]
    now = "" if wanted == parts[0] else slugs[wanted]
    if now != asked:
        st.query_params.update({PARAMETER: now}) if now else st.query_params.pop(PARAMETER, None)
    st.session_state[_SEEN] = {key: now}
