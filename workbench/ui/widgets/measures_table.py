"""Table of all measures: label, total, unit, and the team's values over time."""

from __future__ import annotations

import math

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.scoring.measure_overview import summarize_measures


def measures_table(panel: Panel) -> None:
    """The measures of a panel as a table; the unit has a column only where there is one.

    Neither 0 nor a missing value has a bar; Streamlit draws no course that misses a value.
    """
    shown = summarize_measures(panel)
    shown["course"] = [[0.0 if math.isnan(value) else value for value in course] for course in shown["course"]]
    config = {
        "label": st.column_config.TextColumn("Measure"),
        "total": st.column_config.NumberColumn("Total", format="localized"),
        "unit": st.column_config.TextColumn("Unit", width=56),
        "course": st.column_config.BarChartColumn(f"Team by {panel.grain}", y_min=0, width=108),
    }
    if not shown["unit"].any():
        del config["unit"]
    st.dataframe(shown, column_order=list(config), column_config=config, hide_index=True, row_height=32,
                 height="content")  # fmt: skip
