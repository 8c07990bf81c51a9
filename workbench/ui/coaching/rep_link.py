"""The rep whose page is open, carried by the link as ``?rep=…``; Back goes to the rep before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.words.rep_names import shown_rep_names

PARAMETER = "rep"
_SEEN = "coaching.rep_seen"


def rep_numbers(panel: Panel, names: Mapping[str, str]) -> dict[str, str]:
    """The number of each rep by name as shown: that of the alias, so that a link names nobody."""
    aliases = shown_rep_names(panel.reps["rep"], hidden=True)
    return {names[rep]: alias.split()[-1] for rep, alias in aliases.items() if rep in names}


def follow_rep(key: str, reps: Sequence[str], numbers: Mapping[str, str], first: str) -> None:
    """Bring the link and the choice of a rep together; called before the choice is drawn.

    A link that differs from the one last seen was opened, or came from Back: it leads. Otherwise the choice leads.
    Where the rep is called otherwise by now, since names were hidden or shown, the number says who it was.

    Parameters
    ----------
    key : of the choice, whose state is a name as shown. reps : to choose from. first : the one without a parameter.
    """
    asked, seen = st.query_params.get(PARAMETER, ""), st.session_state.get(_SEEN, "")
    if asked != seen or st.session_state.get(key) not in reps:
        st.session_state[key] = next((rep for rep in reps if numbers.get(rep) == asked), first)
    chosen = st.session_state[key]
    now = "" if chosen == first else numbers.get(chosen, "")
    if now != asked:
        st.query_params.update({PARAMETER: now}) if now else st.query_params.pop(PARAMETER, None)
    st.session_state[_SEEN] = now
