"""What hands do with trials: fill a card, open a file, duplicate, end, remove and bring back."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.data.model.dataset import parse_json
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.errors import InputError, Issue
from workbench.store.opening import writing
from workbench.trials.plan_card import data_until, measure_choices, plan_card
from workbench.trials.same_data import with_looks_carried
from workbench.trials.trial_file import TrialFile, parse_trial, trial_json
from workbench.trials.trial_library import (
    KeptTrial,
    every_trial_version,
    find_trial,
    list_trials,
    remove_trial,
    restore_trial,
    save_trial,
)
from workbench.trials.trial_state import end_of_trial_now, with_plan_kept
from workbench.ui.session.saving import saving
from workbench.ui.session.signed_in import name_of_user
from workbench.ui.session.trial_card import TrialCard, open_card
from workbench.ui.session.trial_link import open_trial
from workbench.words import trial_card as words
from workbench.words.markdown import plain

BAD_FILE, GONE = "trials.bad_file", "trials.gone"


def fill_card(entry: DataSetEntry, panel: Panel, design: Design) -> None:
    """Callback: a card on the goal, or on the first measure where there is no goal; half of the team by lot."""
    choices = measure_choices(panel, design)
    if choices:
        card = plan_card(panel, design, choices[0].formula, dt.date.today())
        open_card(entry.id, {"name": words.card_name_for_goal(choices[0].label, choices[0].direction), **card})


def edit_trial(entry: DataSetEntry, kept: KeptTrial) -> None:
    """Callback: show the card of a trial."""
    open_card(entry.id, trial_json(kept.file), kept.key, kept.version)


def saved_meanwhile(entry: DataSetEntry, card: TrialCard) -> KeptTrial | None:
    """Return the trial as somebody else has saved it since the card was opened; None if nobody has."""
    kept = None
    if card.key:
        with saving():
            kept = find_trial(workspace_folder(), entry, card.key)
    return kept if kept is not None and kept.version != card.version else None


def duplicate_trial(entry: DataSetEntry, kept: KeptTrial) -> None:
    """Callback: show the card of a new trial like this one."""
    open_card(entry.id, trial_json(kept.file) | {"name": words.copy_name(kept.file.name)})


def end_trial(entry: DataSetEntry, panel: Panel, kept: KeptTrial) -> None:
    """Callback: give the trial its end, as it is saved now."""
    today = dt.date.today()
    last = data_until(panel, today)
    with saving(), writing(workspace_folder()):
        before = (find_trial(workspace_folder(), entry, kept.key) or kept).file
        ended = before.model_copy(update={"end": end_of_trial_now(before, last, today)})
        file = with_plan_kept(ended, before, last)
        save_trial(workspace_folder(), entry, kept.key, file, by=name_of_user())


def as_kept(entry: DataSetEntry, panel: Panel, fields: dict[str, Any], key: str) -> TrialFile:
    """A sound card as it is kept under a key: with the plan and the looks that others at the same data left it."""
    home = workspace_folder()
    kept = find_trial(home, entry, key) if key else None
    others = [each.file for removed in (False, True) for each in list_trials(home, entry, removed) if each.key != key]
    others += [each.file for each in every_trial_version(home, entry)]
    last = data_until(panel, dt.date.today())
    return with_looks_carried(parse_trial(fields), kept.file if kept else None, others, panel, last)


def keep_trial(entry: DataSetEntry, panel: Panel, fields: dict[str, Any], key: str, seen: int | None = None) -> str:
    """Save a sound card under a key, and return the key; "" where nothing could be written.

    Raises StaleSaveError where somebody else has saved since version ``seen``.
    """
    file = as_kept(entry, panel, fields, key)
    with saving():
        return save_trial(workspace_folder(), entry, key, file, by=name_of_user(), seen=seen).key
    return ""


def drop_trial(entry: DataSetEntry, kept: KeptTrial) -> None:
    """Callback: remove a trial; the wall then offers the way back."""
    with saving():
        remove_trial(workspace_folder(), entry, kept.key, name_of_user())
        st.session_state[GONE] = (entry.id, kept.key, kept.file.name)
        open_trial("")


def bring_back(entry: DataSetEntry, key: str) -> None:
    """Callback: restore a removed trial."""
    with saving():
        restore_trial(workspace_folder(), entry, key, name_of_user())
        st.session_state.pop(GONE, None)


def open_trial_file(entry: DataSetEntry, upload: str) -> None:
    """Callback: show the card of an uploaded trial file; nothing is saved before somebody has seen it."""
    brought = st.session_state.get(upload)
    if brought is None:
        return
    try:
        file = parse_trial(parse_json(brought.getvalue(), brought.name), brought.name)
    except InputError as error:
        st.session_state[BAD_FILE] = error.issues
    else:
        open_card(entry.id, trial_json(file))


def take_bad_file() -> tuple[Issue, ...]:
    """What was wrong with the last file that was brought; told once."""
    found: tuple[Issue, ...] = st.session_state.pop(BAD_FILE, ())
    return found


def trial_bytes(kept: KeptTrial) -> bytes:
    """The trial file, with real names."""
    return json.dumps(trial_json(kept.file), ensure_ascii=False, indent=1).encode()


def tell_saved(name: str) -> None:
    """Say that a trial was saved."""
    st.toast(plain(words.saved_toast(name)), icon=":material/check:")
