"""Ask what a gap means: a strip per file, the periods used, and what a source says of periods without rows."""

from __future__ import annotations

import streamlit as st

from workbench.charts.source_coverage import strip_alt, strip_chart
from workbench.data.mapping.coverage_choices import gap_meaning, with_gap_meaning, with_periods
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel
from workbench.data.model.source_coverage import one_source, shared_periods, sources_to_ask, sources_with_gaps
from workbench.ui.data_page import mapping
from workbench.ui.widgets import bound
from workbench.ui.widgets.parts import primary_label
from workbench.ui.widgets.picture import show_chart
from workbench.words import gaps
from workbench.words.markdown import plain


def ask_about_gaps(dataset: DataSet, panel: Panel) -> None:
    """The question, open while files differ; not asked of one date, unless the data set is limited to some periods."""
    coverage, limited = panel.coverage, bool(dataset.first or dataset.last)
    if len(coverage) < 2 and not limited:
        return
    asked = bool(sources_with_gaps(coverage)) and not one_source(coverage) and not limited
    with st.expander(f"**{gaps.TITLE}**  ·  {plain(gaps.gap_summary(coverage, dataset))}",
                     expanded=asked, icon=":material/calendar_month:",
                     key="data-question-gaps"):  # fmt: skip
        show_chart(strip_chart(coverage, dataset.grain), alt=strip_alt(coverage, dataset.grain))
        _periods(dataset, panel, limited)
        for number, source in enumerate(sources_to_ask(coverage)):
            _meaning(dataset, panel, source, number)


def _periods(dataset: DataSet, panel: Panel, limited: bool) -> None:
    shared, label = shared_periods(panel.coverage), gaps.shared_button(panel.coverage, dataset.grain)
    with st.container(horizontal=True):
        if label and shared:
            st.button(primary_label(label), key="data.periods.shared", icon=":material/content_cut:", type="primary",
                      on_click=_limit, args=(dataset, *shared))  # fmt: skip
        if limited:
            st.button(f"Use all {dataset.grain}s", key="data.periods.all", icon=":material/undo:",
                      on_click=_limit, args=(dataset, None, None))  # fmt: skip


def _limit(dataset: DataSet, first: object, last: object) -> None:
    mapping.change_dataset(with_periods(dataset, first, last))


def _meaning(dataset: DataSet, panel: Panel, source: str, number: int) -> None:
    said = gaps.gap_question(source, panel.coverage, dataset.grain)
    st.markdown(f"**{plain(source)}** {plain(said)}")
    bound.bound_segmented_control(
        f"Gaps of {plain(source)}", list(gaps.MEANINGS), gap_meaning(source, panel.coverage),
        lambda wanted: mapping.change_dataset(with_gap_meaning(dataset, source, wanted, panel.coverage)),
        f"data.gap.{number}", gaps.MEANINGS.__getitem__,
    )  # fmt: skip
