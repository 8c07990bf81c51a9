"""The phase file at hand: saved, reused or guessed; each change is saved as it is made and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.data.model.dataset import Source
from workbench.data.model.panel import Panel
from workbench.phases.first_phases import fitting_file, guess_phase_file, usual_strata
from workbench.phases.phase_file import PhaseFile
from workbench.phases.phase_library import list_phase_files, read_phase_file, save_phase_file
from workbench.phases.phase_presets import OUTBOUND_CALL
from workbench.ui.session.cached_phases import cached_outcomes
from workbench.ui.session.saving import saving

Origin = Literal["saved", "reused", "guessed"]
_DRAFTS = "coaching.drafts"


@dataclass(frozen=True)
class PhaseDraft:
    """The states of a phase file in this session, the last one at hand.

    ``origin`` says where the first came from; once somebody changed or confirmed it, it is saved.
    """

    steps: tuple[PhaseFile, ...]
    origin: Origin

    @property
    def file(self) -> PhaseFile:
        return self.steps[-1]


def has_phases(entry: DataSetEntry) -> bool:
    """Whether somebody said the phases of a data set."""
    with saving():
        return entry.id in st.session_state.get(_DRAFTS, {}) or read_phase_file(workspace_folder(), entry) is not None
    return False


def current_phases(entry: DataSetEntry, panel: Panel, logs: tuple[Source, ...]) -> PhaseDraft:
    """The phase file of a data set, whose logs with outcomes are ``logs``; a first guess where there is none.

    Raises InputError where a guess needs files that cannot be read.
    """
    drafts = st.session_state.setdefault(_DRAFTS, {})
    if entry.id not in drafts:
        drafts[entry.id] = _first_draft(entry, panel, logs)
    elif drafts[entry.id].origin == "saved":
        drafts[entry.id] = _with_changes_of_others(entry, drafts[entry.id])
    return drafts[entry.id]


def _with_changes_of_others(entry: DataSetEntry, draft: PhaseDraft) -> PhaseDraft:
    """What another tab or person saved meanwhile is one more step: the next click here must not take it back."""
    with saving():
        saved = read_phase_file(workspace_folder(), entry)
        if saved is not None and saved != draft.file:
            return replace(draft, steps=(*draft.steps, saved))
    return draft


def _first_draft(entry: DataSetEntry, panel: Panel, logs: tuple[Source, ...]) -> PhaseDraft:
    with saving():
        saved = read_phase_file(workspace_folder(), entry)
        if saved is not None and any(log.name == saved.source for log in logs):
            return PhaseDraft((saved,), "saved")
    source = logs[0]
    outcomes = cached_outcomes(entry, panel, source, usual_strata(source)).outcomes
    with saving():
        other = fitting_file(list_phase_files(workspace_folder()), outcomes, source)
        if other is not None:
            return PhaseDraft((other,), "reused")
    return PhaseDraft((guess_phase_file(outcomes, source, OUTBOUND_CALL),), "guessed")


def change_phases(entry: DataSetEntry, edit: Callable[[PhaseFile], PhaseFile]) -> None:
    """Callback: change the phase file of the data set, and save it.

    ``edit`` gets the file as it is by then: two quick clicks come before the page is drawn again.
    """
    draft: PhaseDraft = st.session_state[_DRAFTS][entry.id]
    file = edit(draft.file)
    if file != draft.file:
        _keep(entry, replace(draft, steps=(*draft.steps, file)))


def confirm_phases(entry: DataSetEntry) -> None:
    """Callback: save guessed or reused phases as they are."""
    _keep(entry, st.session_state[_DRAFTS][entry.id])


def undo_phases(entry: DataSetEntry) -> None:
    """Callback: take the last change back."""
    draft: PhaseDraft = st.session_state[_DRAFTS][entry.id]
    _keep(entry, replace(draft, steps=draft.steps[:-1] or draft.steps))


def _keep(entry: DataSetEntry, draft: PhaseDraft) -> None:
    st.session_state[_DRAFTS][entry.id] = replace(draft, origin="saved")
    with saving():
        save_phase_file(workspace_folder(), entry, draft.file)
