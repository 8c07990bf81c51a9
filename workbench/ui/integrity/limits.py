"""What this data cannot show, what would help, and how reliable names are."""

from __future__ import annotations

import streamlit as st

from workbench.integrity.calibration.flag_table import load_flag_table
from workbench.ui.session.activity_link import show_activity_links
from workbench.ui.session.cached_integrity import CountsWithFlags
from workbench.words import integrity_calibration as calibration
from workbench.words import integrity_limits as words
from workbench.words.markdown import plain


def show_limits(found: CountsWithFlags) -> None:
    """A table of why checks cannot tell, by reason, then the simulation behind the names."""
    limits = found.flags.cannot_tell
    if limits:
        st.table(words.limits_by_reason(limits).map(plain), border="horizontal", hide_index=True, alt=words.LIMITS_ALT)
        show_activity_links(words.tables_to_describe(limits))
    else:
        st.caption("Every check could look.")
    if not found.flags.n_judged:
        return
    rows = load_flag_table()
    st.subheader(calibration.HEADING, anchor=False)
    st.markdown(plain(calibration.honest_sentence(rows)))
    st.markdown(plain(calibration.power_sentence(rows, found.flags.n_reps)))
    st.markdown(plain(calibration.goal_sentences(rows)))
    with st.expander("All simulated teams", icon=":material/table_rows:"):
        st.dataframe(calibration.calibration_rows(rows), hide_index=True)
        st.caption(calibration.FLAG_METHOD)
