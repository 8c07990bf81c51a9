"""Show the open data set: issues, coverage, measures, unused rows, downloads."""

from __future__ import annotations

import streamlit as st

from workbench.charts.coverage import coverage_alt, coverage_chart
from workbench.data.aggregate.downloads import dataset_file_bytes, panel_csv, unused_rows_csv
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.mapping.fixes import Fix, suggest_fixes
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel
from workbench.errors import InputError, Issue
from workbench.rights.may import ROWS, Action
from workbench.ui.data_page import mapping
from workbench.ui.data_page.deleted_view import delete_button
from workbench.ui.data_page.history_view import keep_figures, show_history, show_state_of_version
from workbench.ui.data_page.which_design import show_which_design
from workbench.ui.session import state
from workbench.ui.session.navigation import page
from workbench.ui.session.noted_download import noted
from workbench.ui.session.signed_in import may_edit_data, may_now
from workbench.ui.widgets.issue_list import issue_list
from workbench.ui.widgets.measures_table import measures_table
from workbench.ui.widgets.parts import how_computed
from workbench.ui.widgets.picture import show_chart
from workbench.words.issues import data_quality_words, describe_issue
from workbench.words.markdown import plain
from workbench.words.numbers import pluralize
from workbench.words.panels import panel_size, panel_span, rows_used
from workbench.words.unused_reasons import UNUSED_REASONS, with_reason_words

COVERAGE = """
One cell is one rep in one period; the stronger the colour, the larger the number. A **hollow** cell is a true zero: the
rep was there and nothing happened. A **blank** means the rep was not there: before their first event, after their last,
or outside the dates on the team list. Above stands the whole team; **pale** bars are periods that the data covers only
in part.
"""


def data_view(entry: DataSetEntry) -> None:
    """Everything about the data set that is open."""
    panel, issues, dataset = state.current_panel(), state.current_panel_issues(), _dataset(entry)
    keep_figures(entry, panel)
    show_state_of_version(entry)
    show_which_design(entry)
    _headline(entry, dataset, panel, issues)
    if panel is None or dataset is None:
        _issues(entry, dataset, issues)
        show_history(entry)
        return
    left, right = st.columns([4, 3], gap="large")
    with left:
        _coverage(panel)
        show_history(entry)
    with right:
        _issues(entry, dataset, issues)
        _rows(panel)
        _measures(panel)


def _dataset(entry: DataSetEntry) -> DataSet | None:
    """The data set file; None when it is damaged, which the issues of the panel say."""
    try:
        return entry.load()
    except InputError:
        return None


def _headline(entry: DataSetEntry, dataset: DataSet | None, panel: Panel | None, issues: tuple[Issue, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(_sentence(entry, panel, issues), width="stretch")
        with st.container(horizontal=True, width="content", gap="small", vertical_alignment="center"):
            if dataset is not None and may_edit_data():
                st.button("Edit the mapping", icon=":material/tune:", key="data.change",
                          on_click=_edit, args=(entry,),
                          help="Other columns, more measures, another period.")  # fmt: skip
            if dataset is not None:
                _take_away(entry, dataset, panel)
            delete_button(entry)
            if dataset is not None and any(source.events for source in dataset.sources):
                st.page_link(page("integrity"), label="Was it faked?", icon=":material/verified_user:",
                             help="This page shows only faults in the files.")  # fmt: skip
            if panel is not None and state.current_design().goal is None:
                st.page_link(page("goal"), label="**Next: the goal**", icon=":material/arrow_forward:")


def _sentence(entry: DataSetEntry, panel: Panel | None, issues: tuple[Issue, ...]) -> str:
    if panel is None:
        return f"**{plain(entry.name)}** cannot be read as it is: {data_quality_words(issues)}."
    return (
        f"**{plain(entry.name)}**: {panel_size(panel)}, {panel_span(panel)}, from {rows_used(panel)}; "
        f"{data_quality_words(issues)}."
    )


def _issues(entry: DataSetEntry, dataset: DataSet | None, issues: tuple[Issue, ...]) -> None:
    if issues:
        st.header("What to look at", anchor=False)
        issue_list(
            issues,
            lambda issue: suggest_fixes(issue, dataset) if dataset and may_edit_data() else (),
            lambda fix: _edit(entry, fix),
        )


def _edit(entry: DataSetEntry, fix: Fix | None = None) -> None:
    """Callback: begin a mapping; a fix is a changed data set, saved at once as a version that can be taken back.

    What cannot be read or saved is said: another tab may have deleted the data set.
    """
    try:
        mapping.begin_mapping_from(entry)
        if fix is not None:
            mapping.change_dataset(fix.dataset)
            mapping.save_mapping()
    except InputError as error:
        mapping.abandon_mapping()
        st.toast(plain(describe_issue(error.issues[0]).message), icon=":material/error:")


def _coverage(panel: Panel) -> None:
    names = {info.name: info.label or info.name for info in panel.measures}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Who was there, and when", anchor=False, width="stretch")
        measure = st.selectbox("Measure", list(names), format_func=names.__getitem__, key="data.coverage",
                               label_visibility="collapsed", width=220, persist_state="session")  # fmt: skip
        how_computed(COVERAGE, "How to read this")
    shown = state.display_names(panel)
    show_chart(coverage_chart(panel, measure, shown), alt=coverage_alt(panel, measure, shown))


def _measures(panel: Panel) -> None:
    st.header("What was counted", anchor=False)
    measures_table(panel)


def _rows(panel: Panel) -> None:
    if panel.n_unused.empty:
        return
    n_unused = int(panel.n_unused["n_rows"].sum())
    with st.expander(f"{pluralize(n_unused, 'row')} not used, and why", icon=":material/filter_alt_off:"):
        st.dataframe(with_reason_words(panel.n_unused), hide_index=True)
        rows = noted(lambda: unused_rows_csv(panel, UNUSED_REASONS), "rows-not-used.csv")
        st.download_button("Download these rows", rows, "rows-not-used.csv", "text/csv",
                           icon=":material/download:", on_click="ignore")  # fmt: skip


def _take_away(entry: DataSetEntry, dataset: DataSet, panel: Panel | None) -> None:
    with st.popover("Download", icon=":material/download:"):
        if may_now(Action.SEE, ROWS):
            st.download_button("Data set file", noted(lambda: dataset_file_bytes(dataset), "data set file"),
                               f"{entry.id}.dataset.json",
                               "application/json", on_click="ignore", width="stretch",
                               help="What files and columns mean; works with the same files anywhere.")  # fmt: skip
        if panel is not None:
            st.download_button("Panel", noted(lambda: panel_csv(panel), "panel.csv"), f"{entry.id}-panel.csv",
                               "text/csv",
                               on_click="ignore", width="stretch",
                               help="One row per rep and period, every measure.")  # fmt: skip
