"""All trials of a data set, each with its state and what may be said of it today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from workbench.charts.trial_course import trial_course_alt, trial_course_chart
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.trials.trial_finding import TrialVerdict
from workbench.ui.session.cached_trials import JudgedTrial, kept_trials, measures_called
from workbench.ui.session.trial_link import open_trial
from workbench.ui.trials import changes
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.kept_until_line import show_kept_until
from workbench.ui.widgets.parts import primary_label, quiet_label, show_issues, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import trial_card as card_words
from workbench.words import trials as words
from workbench.words.markdown import plain
from workbench.words.rep_names import without_rep_names

SMALL_COURSE, IN_A_ROW = 170, 2
COLOURS: dict[TrialVerdict, str] = {
    "helps": "green", "harms": "red", "no_effect_seen": "gray", "may_have_moved": "orange", "weak": "orange",
    "cannot_tell": "orange", "not_enough": "gray", "picture": "gray", "not_started": "gray",
}  # fmt: skip
_UPLOAD = "trials.upload"


def show_all_trials(
    entry: DataSetEntry, panel: Panel, design: Design, judged: Sequence[JudgedTrial], names: Mapping[str, str]
) -> None:
    """The trials as cards, two in a row; without any, what a trial shows and a button that fills a card."""
    show_issues(changes.take_bad_file())
    _show_gone(entry, names)
    if not judged:
        _show_empty(entry, panel, design, names)
        return
    _show_tools(entry, panel, design, names)
    for first in range(0, len(judged), IN_A_ROW):
        row = judged[first : first + IN_A_ROW]
        for place, one in zip(st.columns(IN_A_ROW) if len(judged) > 1 else [st.container()], row, strict=False):
            with place, st.container(border=True, height="stretch"):
                _show_card(one, names)


def state_badges(one: JudgedTrial) -> str:
    """State and verdict as coloured words; our own markdown."""
    state = f":blue-badge[{words.STATES[one.state]}]"
    if one.found is None:
        return f"{state} :red-badge[{card_words.BROKEN}]"
    return f"{state} :{COLOURS[one.found.verdict]}-badge[{words.verdict_label(one.found, one.state)}]"


def _show_card(one: JudgedTrial, names: Mapping[str, str]) -> None:
    name = without_rep_names(one.kept.file.name, names)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(name)}** {state_badges(one)}", width="stretch")
        st.button("Open", icon=":material/open_in_full:", key=f"trials.open.{one.kept.key}", on_click=open_trial,
                  args=(one.kept.key,))  # fmt: skip
    if one.found is None:
        show_issues(one.issues)
        return
    said = words.trial_answer(one.found)
    show_heading(plain(said[:1].upper() + said[1:]))
    if one.found.course is not None:
        show_chart(trial_course_chart(one.found, text_colour(), SMALL_COURSE), alt=trial_course_alt(one.found))
    st.caption(plain(words.wall_caption(one.found, one.kept.file)))


def _show_tools(entry: DataSetEntry, panel: Panel, design: Design, names: Mapping[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(primary_label(card_words.NEW), type="primary", icon=":material/add:", key="trials.new",
                  on_click=changes.fill_card, args=(entry, panel, design))  # fmt: skip
        _show_open_file(entry)
        _show_removed(entry, names)


def _show_open_file(entry: DataSetEntry) -> None:
    with st.popover(quiet_label(card_words.OPEN_FILE), icon=":material/upload_file:", type="tertiary"):
        st.file_uploader("Trial file", type="json", key=_UPLOAD, on_change=changes.open_trial_file,
                         args=(entry, _UPLOAD))  # fmt: skip


def _show_removed(entry: DataSetEntry, names: Mapping[str, str]) -> None:
    removed = kept_trials(entry, removed=True)
    if removed:
        with st.popover(quiet_label(f"Removed ({len(removed)})"), icon=":material/delete_sweep:", type="tertiary"):
            for kept in removed:
                st.button(f"Restore “{plain(without_rep_names(kept.file.name, names))}”", icon=":material/undo:",
                          type="tertiary", key=f"trials.back.{kept.key}", on_click=changes.bring_back,
                          args=(entry, kept.key))  # fmt: skip
                show_kept_until(kept.removed_at)


def _show_gone(entry: DataSetEntry, names: Mapping[str, str]) -> None:
    data, key, name = st.session_state.get(changes.GONE, ("", "", ""))
    if data == entry.id:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(card_words.removed_line(without_rep_names(name, names))), width="content")
            st.button("Undo", icon=":material/undo:", key="trials.undo", on_click=changes.bring_back, args=(entry, key))


def _show_empty(entry: DataSetEntry, panel: Panel, design: Design, names: Mapping[str, str]) -> None:
    called = measures_called(panel, design)
    goal = called[design.goal.measure][0] if design.goal and design.goal.measure in called else "a measure"
    with st.container(border=True):
        st.header(words.EMPTY, anchor=False)
        st.write(words.EMPTY_HELP)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(primary_label(plain(words.fills_from_goal(goal))), type="primary", icon=":material/science:",
                      key="trials.new", on_click=changes.fill_card, args=(entry, panel, design))  # fmt: skip
            _show_open_file(entry)
            _show_removed(entry, names)
