"""Of very many measures those are listed that somebody looks for."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st

    from workbench.data.model.dataset import Measure, Source
    from workbench.ui.data_page.work_fields import _shown_measures

    measures = tuple(Measure(name=f"field_{at}", aggregate="sum", column=f"field {at}") for at in range(2_000))
    n = st.session_state.get("n", 2_000)
    st.session_state["shown"] = _shown_measures(
        Source(name="wide", location="wide.csv", rep="rep", date="date", measures=measures[:n]), 0
    )


def test_measures_are_looked_for_by_a_part_of_their_name() -> None:
    app = AppTest.from_function(script).run()
    assert app.session_state["shown"] == list(range(40))
    assert app.caption[0].value == "The first 40 of 2,000 measures. Type a part of a name to find another one."
    app.text_input[0].set_value("FIELD_199").run()
    assert app.session_state["shown"] == [199, *range(1990, 2000)]
    assert not app.caption


def test_a_few_measures_are_all_listed() -> None:
    app = AppTest.from_function(script)
    app.session_state["n"] = 40
    app.run()
    assert app.session_state["shown"] == list(range(40))
    assert not app.text_input
