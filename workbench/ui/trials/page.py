"""The page Trials: all trials with what may be said today, one trial with what stands behind it, or a card."""

from __future__ import annotations

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.trials.trial_finding import TrialFinding
from workbench.ui.session import state
from workbench.ui.session.cached_trials import JudgedTrial, judged_trials, measures_called
from workbench.ui.session.noted_download import noted
from workbench.ui.session.part_link import follow_part, forget_part
from workbench.ui.session.trial_card import close_card, opened_card
from workbench.ui.session.trial_link import follow_trial, link_leads, open_trial
from workbench.ui.trials import changes
from workbench.ui.trials.answer import show_answer, show_trial_figures
from workbench.ui.trials.before_start import show_before_start
from workbench.ui.trials.card_form import show_card
from workbench.ui.trials.history import show_trial_versions
from workbench.ui.trials.more_parts import show_reliability_of_trial, show_side_effects, show_who_moved
from workbench.ui.trials.wall import show_all_trials, state_badges
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import end_page, page_title, require_panel, show_issues
from workbench.words import trial_card as card_words
from workbench.words import trials as words
from workbench.words.designs import file_name
from workbench.words.markdown import plain
from workbench.words.rep_names import without_rep_names

_PART = "trials.part"


def show_trials() -> None:
    """The page as it is drawn."""
    page_title(words.QUESTION, "Trial")
    panel, design = require_panel()
    entry = state.current_entry()
    if entry is None or panel.frame.empty:
        end_page()
    names = state.display_names(panel)
    if link_leads():
        close_card()
    card = opened_card(entry.id)
    if card is not None:
        show_card(entry, panel, design, card, names)
        end_page()
    judged = judged_trials(entry, panel, design, names)
    key = follow_trial()
    one = next((each for each in judged if each.kept.key == key), None)
    if one is not None:
        _show_trial(entry, panel, one, names)
        end_page()
    forget_part()
    if key:
        st.info(card_words.NOT_FOUND, icon=":material/search_off:")
    show_all_trials(entry, panel, design, judged, names)


def _show_trial(entry: DataSetEntry, panel: Panel, one: JudgedTrial, names: dict[str, str]) -> None:
    _show_tools(entry, panel, one, names)
    found = one.found
    if found is None:
        show_issues(one.issues)
        return
    show_heading(plain(words.trial_headline(found)))
    if found.file.change:
        st.markdown(plain(found.file.change))
    show_trial_figures(found)
    follow_part(_PART, words.TABS)
    tabs = dict(zip(words.TABS, st.tabs(words.TABS, key=_PART, on_change="rerun"), strict=True))
    parts = (
        lambda: show_answer(found, one.state),
        lambda: show_before_start(entry, panel, one, names),
        lambda: show_who_moved(found),
        lambda: show_side_effects(found),
        lambda: _show_card_and_reliability(entry, panel, one, found, names),
    )
    for tab, show in zip(tabs.values(), parts, strict=True):
        if tab.open:
            with tab:
                show()


def _show_card_and_reliability(
    entry: DataSetEntry, panel: Panel, one: JudgedTrial, found: TrialFinding, names: dict[str, str]
) -> None:
    show_reliability_of_trial(found)
    lines = card_words.card_lines(found.file)
    if lines:
        show_heading(card_words.CARD, "subheader")
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    called = {formula: label for formula, (label, _) in measures_called(panel, state.current_design()).items()}
    show_trial_versions(entry, one.kept, names, called)


def _show_tools(entry: DataSetEntry, panel: Panel, one: JudgedTrial, names: dict[str, str]) -> None:
    kept, name = one.kept, without_rep_names(one.kept.file.name, names)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("All trials", icon=":material/arrow_back:", key="trials.all", on_click=open_trial, args=("",))
        st.markdown(f"{state_badges(one)} {plain(words.when_words(kept.file))}", width="content")
        st.button("Edit", icon=":material/edit:", key="trials.edit", type="tertiary", on_click=changes.edit_trial,
                  args=(entry, kept))  # fmt: skip
        st.button("Duplicate", icon=":material/content_copy:", key="trials.copy", type="tertiary",
                  on_click=changes.duplicate_trial, args=(entry, kept))  # fmt: skip
        if one.state == "running":
            st.button("End now", icon=":material/stop_circle:", key="trials.end", type="tertiary",
                      on_click=changes.end_trial, args=(entry, panel, kept))  # fmt: skip
        called = f"{file_name(name)}.trial.json"
        st.download_button(card_words.DOWNLOAD, noted(changes.trial_bytes(kept), called), called,
                           "application/json", icon=":material/download:", key="trials.download", type="tertiary",
                           on_click="ignore", help=card_words.DOWNLOAD_HELP)  # fmt: skip
        st.button("Remove", icon=":material/delete:", key="trials.remove", type="tertiary",
                  on_click=changes.drop_trial, args=(entry, kept))  # fmt: skip
