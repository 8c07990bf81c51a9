"""Every version of a trial, to be read: when, by whom, what changed, and the card as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.trials.trial_library import KeptTrial, trial_versions
from workbench.ui.session.saving import saving
from workbench.words import trial_history as words
from workbench.words.markdown import plain
from workbench.words.rep_names import without_rep_names
from workbench.words.trial_names import trial_as_shown


def show_trial_versions(
    entry: DataSetEntry, kept: KeptTrial, names: Mapping[str, str], called: Mapping[str, str]
) -> None:
    """The versions, the latest first, each with its card behind a click; nothing where a trial was saved once.

    An earlier version is not judged again: the same data would have another plan, and with it another look.
    """
    versions: tuple[KeptTrial, ...] = ()
    with saving():
        versions = trial_versions(workspace_folder(), entry, kept.key)
    if len(versions) < 2:
        return
    shown = [replace(each, file=trial_as_shown(each.file, names), by=without_rep_names(each.by, names))
             for each in versions]  # fmt: skip
    st.subheader(words.HISTORY, anchor=False)
    st.caption(words.READ_ONLY)
    for place, (before, one) in reversed(list(enumerate(zip([None, *shown], shown, strict=False), start=1))):
        with st.expander(plain(words.version_title(place, one)), icon=":material/history:"):
            st.markdown("\n".join(f"- {plain(said)}" for said in words.version_changes(before, one, called)))
            st.caption("  \n".join(plain(line) for line in words.version_lines(one.file, called)))
