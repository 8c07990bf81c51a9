"""The KPI that a page is about, carried by the link as ``?kpi=…``; Back goes to the KPI before."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

PARAMETER = "kpi"
_SEEN = "context.kpi_seen"


def follow_kpi(page: str, kpis: Sequence[str], chosen: int) -> int:
    """Bring the link and the choice of a KPI together; called before the choice is drawn.

    A link that differs from the one last seen was opened, or came from Back: it leads. Otherwise the choice leads.

    Parameters
    ----------
    kpis : names; the first needs no parameter. chosen : the place of the one chosen so far.

    Returns
    -------
    int
        The place of the KPI to show.
    """
    asked, seen = st.query_params.get(PARAMETER, ""), st.session_state.get(_SEEN, {}).get(page, "")
    if asked != seen:
        chosen = kpis.index(asked) if asked in kpis else 0
    now = kpis[chosen] if chosen else ""
    if now != asked:
        st.query_params.update({PARAMETER: now}) if now else st.query_params.pop(PARAMETER, None)
    st.session_state[_SEEN] = {page: now}
    return chosen
