"""The decisions on the open data set: read, recorded, withdrawn; with aliases where names are hidden."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.data.model.panel import Panel
from workbench.design.decisions import (
    Decision,
    DecisionLog,
    DecisionRecord,
    Pivot,
    Withdrawal,
    add_record,
    new_record_id,
    read_decisions,
)
from workbench.design.free_texts import change_decision_texts, change_pivot_texts, change_withdrawal_texts
from workbench.design.in_force import in_force_at
from workbench.design.model import Design
from workbench.ui.session import state
from workbench.ui.session.saving import saving
from workbench.words.rep_names import without_rep_names


def today() -> dt.date:
    """The day by which everything here is dated."""
    return moment_now().date()


def moment_now() -> dt.datetime:
    """The moment at which a record is made, in the time of this machine: its date is that of trials and exports."""
    return dt.datetime.now().astimezone().replace(microsecond=0)


def current_log() -> DecisionLog:
    """The records of the open data set as they were written; none without data, or while they cannot be read."""
    opened = state.current_entry()
    if opened is None:
        return DecisionLog()
    with saving():
        return read_decisions(workspace_folder(), opened.id)
    return DecisionLog()


def shown_log(panel: Panel) -> DecisionLog:
    """The same as it is shown: without names of reps while these are hidden."""
    log = current_log()
    if not st.session_state.get(state.HIDE_NAMES, False):
        return log
    change = partial(shown_text, panel)
    return DecisionLog(tuple(change_decision_texts(each, change) for each in log.decisions),
                       tuple(change_withdrawal_texts(each, change) for each in log.withdrawals),
                       log.n_damaged, tuple(change_pivot_texts(each, change) for each in log.pivots))  # fmt: skip


def shown_text(panel: Panel, text: str) -> str:
    """A text that people wrote, with aliases in it while names are hidden."""
    return without_rep_names(text, state.display_names(panel))


def as_recorded(shown: Decision) -> Decision:
    """A decision as it was written, of one that may be shown with aliases."""
    return next((each for each in current_log().decisions if each.id == shown.id), shown)


def decided_scorecard() -> Design | None:
    """The design that a decision put in force today; None where there is none."""
    found = in_force_at(current_log(), today())
    return found.chosen if found else None


def record_decision(record: Decision | Pivot) -> bool:
    """Write a decision or a pivot; False where it cannot be written, which the frame says."""
    return _written(record)


def withdraw_decision(record_id: str, why: str) -> bool:
    """Record that a decision or a pivot was a mistake."""
    return _written(Withdrawal(id=new_record_id(), decided=moment_now(), withdraws=record_id, why=why))


def _written(record: DecisionRecord) -> bool:
    opened, done = state.current_entry(), False
    if opened is not None:
        with saving():
            add_record(workspace_folder(), opened.id, record)
            done = True
    return done
