"""How often an answer like this one is right, by simulated trials of the same size."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.trials.calibration.trial_table import load_trial_table, trials_like_yours
from workbench.trials.trial_finding import TrialFinding
from workbench.words import trials_calibration as words
from workbench.words.markdown import plain


def show_simulated_trials(found: TrialFinding) -> None:
    """Sentences about trials of this size, and all of them as a table."""
    rows = load_trial_table()
    like = trials_like_yours(found.n_treated, found.n_comparison, rows)
    said = words.trial_calibration_sentences(words.rows_about(found, like), words.kind_like(found))
    if found.verdict == "picture":
        said = [words.PICTURE, *said]
    st.subheader(words.HOW_OFTEN_RIGHT, anchor=False)
    st.markdown("\n".join(f"- {plain(each)}" for each in said))
    with st.expander(words.ALL_SIMULATED, icon=":material/table_rows:"):
        cells = [words.trial_calibration_cells(row) for row in rows]
        st.dataframe(pd.DataFrame(cells, columns=list(words.TRIAL_CALIBRATION_COLUMNS)), hide_index=True)
        st.caption(words.trial_calibration_method(rows))
