"""How reliable the plan is, by simulated teams like this one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from workbench.phases.calibration.phase_table import load_phase_table, rows_like_team
from workbench.phases.phase_findings import PhaseFindings
from workbench.ui.widgets.first_words import show_heading
from workbench.words import phases_calibration as words
from workbench.words.markdown import plain


def show_reliability(found: PhaseFindings) -> None:
    """Sentences about teams of this size, and all of them as a table."""
    rows = load_phase_table()
    like = rows_like_team(len(found.cube.reps), float(np.median(found.phases[0].tries)), rows)
    show_heading(words.HOW_RELIABLE, "subheader")
    st.markdown("\n".join(f"- {plain(said)}" for said in words.phase_calibration_sentences(like)))
    with st.expander("All simulated teams", icon=":material/table_rows:"):
        cells = [words.phase_calibration_cells(row) for row in rows]
        st.dataframe(pd.DataFrame(cells, columns=list(words.PHASE_CALIBRATION_COLUMNS)), hide_index=True)
        st.caption(words.phase_calibration_method(rows))
