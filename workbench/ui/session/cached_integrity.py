"""Cache what integrity reads and finds, by content, with progress the first time or ahead in the background."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from workbench.data.aggregate.build_panel import Progress
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.dataset import locations_of
from workbench.data.model.panel import REP, Panel
from workbench.design.model import Design
from workbench.errors import InputError
from workbench.integrity.call_habits import CallHabits, count_call_habits
from workbench.integrity.count_suspects import count_suspects, suspect_rows
from workbench.integrity.find_flags import find_flags
from workbench.integrity.flags import Flags
from workbench.integrity.goal_reached import goal_by_month
from workbench.integrity.suspect_counts import CheckName, SuspectCounts
from workbench.integrity.suspect_share import questioned_share, rep_roles
from workbench.integrity.without_suspects import panel_without_suspects
from workbench.scoring.compare import OptionOutcome, evaluate_option
from workbench.ui.session.allowed_connections import allowed_connections
from workbench.ui.session.background_work import BackgroundWork
from workbench.ui.session.cache import escaped_step
from workbench.ui.session.progress import progress_bar
from workbench.ui.session.result_cache import ResultCache
from workbench.ui.session.state import current_design

KEPT = 8
ONE_LIST_SAID = "integrity.one_list"


@dataclass(frozen=True, eq=False)
class CountsWithFlags:
    """Suspect events by rep, list and month, and what they show."""

    counts: SuspectCounts
    flags: Flags

    @cached_property
    def questioned(self) -> dict[str, float]:
        """The share of each log's events in question; every page asks, for each KPI."""
        return {
            str(name): questioned_share(self.counts, self.flags, name) for name in self.counts.frame["source"].unique()
        }


@st.cache_resource
def _results() -> ResultCache[CountsWithFlags]:
    return ResultCache(KEPT)


@st.cache_resource
def _counts() -> ResultCache[SuspectCounts]:
    return ResultCache(KEPT)


@st.cache_resource
def background() -> BackgroundWork:
    """The worker of all sessions."""
    return BackgroundWork()


def look_ahead(entry: DataSetEntry, panel: Panel) -> None:
    """Let every check look in the background, so that other pages can say what is in question; return at once.

    A database is asked only by whoever opens Integrity.
    """
    kept = _counts()
    if kept.get(panel.key) is not None:
        return

    connections = allowed_connections(entry)

    def look(tell: Progress) -> None:
        dataset = entry.load()
        if any(place in connections for source in dataset.sources for place in locations_of(source)):
            return
        counts = count_suspects(dataset, entry.folder, connections=connections, progress=tell)
        kept.put(panel.key, counts.only(panel.frame[REP].unique()))

    background().begin(panel.key, look)


@st.cache_resource
def _panels() -> ResultCache[Panel]:
    return ResultCache(KEPT)


def cached_flags(entry: DataSetEntry, panel: Panel) -> CountsWithFlags:
    """Let every check look at the event logs of a data set. Raises InputError where its files cannot be read."""
    return _judged(panel, _cached_counts(entry, panel))


def _cached_counts(entry: DataSetEntry, panel: Panel) -> SuspectCounts:
    known = _counts().get(panel.key)
    if known is not None:
        return known
    with progress_bar("Looking at every call, message, meeting and quote", escaped_step) as advance:
        return _counts().get_or_make(panel.key, lambda tell: _look_now(entry, panel, tell), advance)


def _look_now(entry: DataSetEntry, panel: Panel, advance: Progress) -> SuspectCounts:
    ahead = _counts().get(panel.key) if background().finish(panel.key, advance) else None
    if ahead is not None:
        return ahead
    counts = count_suspects(entry.load(), entry.folder, connections=allowed_connections(entry), progress=advance)
    return counts.only(panel.frame[REP].unique())


def _judged(panel: Panel, counts: SuspectCounts) -> CountsWithFlags:
    """What the counts show, beside the goal that is chosen now: it takes a moment, once."""
    goal = current_design().goal
    key = (panel.key, says_one_list(), goal and (goal.measure, goal.direction))
    found = _results().get(key)
    if found is None:
        read = counts.as_one_list() if says_one_list() else counts
        reached = goal_by_month(panel, goal, counts.own_logs)
        found = CountsWithFlags(read, find_flags(read, rep_roles(panel.reps), reached))
        _results().put(key, found)
    return found


def says_one_list() -> bool:
    """Whether the user says that all reps call from the same list, where the data does not say from which."""
    return bool(st.session_state.get(ONE_LIST_SAID, False))


def known_flags(panel: Panel) -> CountsWithFlags | None:
    """What was found, if the checks have looked a moment ago; they do not look now."""
    counts = _counts().get(panel.key)
    return None if counts is None else _judged(panel, counts)


def cached_panel_without(entry: DataSetEntry, panel: Panel, checks: Collection[CheckName]) -> Panel:
    """The panel without the rows at which any of these checks points, for everybody."""
    key = (panel.key, tuple(sorted(checks)))
    found = _panels().get(key)
    if found is None:
        with progress_bar("Counting again without this activity", escaped_step) as advance:
            found = _panels().get_or_make(key, lambda tell: _without(entry, checks, tell), advance)
    return found


def _without(entry: DataSetEntry, checks: Collection[CheckName], advance: Progress) -> Panel:
    connections = allowed_connections(entry)
    return panel_without_suspects(entry.load(), entry.folder, checks, connections=connections, progress=advance)


@st.cache_resource(max_entries=64, show_spinner=False)
def _outcome(_panel: Panel, panel_key: str, design: Design) -> OptionOutcome:
    return evaluate_option(_panel, design)


def cached_outcome(panel: Panel, design: Design) -> OptionOutcome:
    """The ranking and the prizes of a design on a panel."""
    return _outcome(panel, panel.key, design)


def cached_call_habits(
    entry: DataSetEntry, panel: Panel, chosen: tuple[str, ...], since: pd.Timestamp | None, until: pd.Timestamp | None
) -> CallHabits | None:
    """How the chosen reps made their calls, beside all others; None where no file of calls can be read."""
    return _habits(entry, panel, panel.key, chosen, since, until)


@st.cache_resource(max_entries=KEPT, show_spinner="Reading the calls")
def _habits(
    _entry: DataSetEntry, _panel: Panel, panel_key: str, chosen: tuple[str, ...], since: pd.Timestamp | None,
    until: pd.Timestamp | None,
) -> CallHabits | None:  # fmt: skip
    team = [str(rep) for rep in _panel.frame[REP].unique()]
    try:
        return count_call_habits(_entry.load(), _entry.folder, chosen, team, since=since, until=until,
                                 connections=allowed_connections(_entry))  # fmt: skip
    except InputError:
        return None


def cached_suspect_rows(
    entry: DataSetEntry, panel: Panel, check: CheckName, rep: str, since: pd.Timestamp | None
) -> pd.DataFrame:
    """The rows behind a flag, the first of them since a day."""
    return _rows(entry, panel.key, check, rep, since)


@st.cache_data(max_entries=64, show_spinner="Reading the rows")
def _rows(_entry: DataSetEntry, panel_key: str, check: CheckName, rep: str, since: pd.Timestamp | None) -> pd.DataFrame:
    connections = allowed_connections(_entry)
    return suspect_rows(_entry.load(), _entry.folder, check, rep, since=since, connections=connections)
