"""Cache how far calls got and what can be read of it, by content, with progress the first time."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from workbench.data.aggregate.build_panel import Progress
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.dataset import Source
from workbench.data.model.panel import REP, Panel
from workbench.phases.coaching_plan import Coaching, plan_coaching
from workbench.phases.judge_phases import judge_phases
from workbench.phases.outcome_counts import OutcomeCounts, count_outcomes
from workbench.phases.outcome_rows import outcome_rows
from workbench.phases.phase_counts import PhaseCounts, furthest_phases
from workbench.phases.phase_cube import cube_of_phases
from workbench.phases.phase_file import PhaseFile, phases_json
from workbench.phases.phase_findings import PhaseFindings
from workbench.phases.phase_value import value_per_success
from workbench.ui.session.allowed_connections import allowed_connections
from workbench.ui.session.cache import escaped_step
from workbench.ui.session.progress import progress_bar
from workbench.ui.session.result_cache import ResultCache

KEPT = 8
FoundKey = tuple[str, str, tuple[str, ...]]
"""The panel's key, the phase file's content and the reps set apart."""


@dataclass(frozen=True, eq=False)
class CoachingFound:
    """How far calls got, what can be read of it with the reps' names as shown, and the plan.

    ``gone`` : reps who call no more, as shown.
    ``worth`` : what one success of the last phase has led to of the measure it leads to; None if that is not known.
    """

    counts: PhaseCounts
    phases: PhaseFindings
    coaching: Coaching
    gone: tuple[str, ...] = ()
    worth: float | None = None


@st.cache_resource
def _counted() -> ResultCache[OutcomeCounts]:
    return ResultCache(KEPT)


def cached_outcomes(entry: DataSetEntry, panel: Panel, source: Source, strata: tuple[str, ...]) -> OutcomeCounts:
    """Count the outcomes of a log for the reps of the panel. Raises InputError where its files cannot be read."""
    key = (panel.key, source.name, strata)
    found = _counted().get(key)
    if found is None:
        with progress_bar("Reading how every call ended", escaped_step) as advance:
            found = _counted().get_or_make(key, lambda tell: _count(entry, panel, source, strata, tell), advance)
    return found


def _count(
    entry: DataSetEntry, panel: Panel, source: Source, strata: tuple[str, ...], advance: Progress
) -> OutcomeCounts:
    connections = allowed_connections(entry)
    counted = count_outcomes(entry.load(), entry.folder, source, strata, connections=connections, progress=advance)
    return counted.only(panel.frame[REP].unique())


def cached_coaching(
    panel: Panel, counted: OutcomeCounts, file: PhaseFile, names: dict[str, str], apart: Collection[str] = ()
) -> CoachingFound:
    """What a log shows under a phase file, without the reps ``apart``.

    Raises InputError where no call proves a phase.
    """
    key = panel.key, json.dumps(phases_json(file)), tuple(sorted(apart))
    return _coaching(panel, counted, file, key, tuple(names.items()))


@st.cache_resource(max_entries=64, show_spinner="Comparing reps at every phase")
def _coaching(
    _panel: Panel,
    _counted: OutcomeCounts,
    _file: PhaseFile,
    key: FoundKey,
    names: tuple[tuple[str, str], ...],
) -> CoachingFound:
    counts, found = _judged(_counted, _file, key)
    worth = value_per_success(_panel, _file.value, found) if _file.value else None
    called = dict(names)
    shown, gone = found.named(called), [called.get(rep, rep) for rep in counts.gone]
    hour = counts.hour.named(called) if counts.hour else None
    return CoachingFound(counts, shown, plan_coaching(shown, gone, counts.open_share, hour), tuple(gone), worth)


@st.cache_resource(max_entries=32, show_spinner=False)
def _judged(_counted: OutcomeCounts, _file: PhaseFile, key: FoundKey) -> tuple[PhaseCounts, PhaseFindings]:
    _, _, apart = key
    counts = furthest_phases(_counted.without(apart) if apart else _counted, _file)
    return counts, judge_phases(cube_of_phases(counts))


def cached_outcome_rows(entry: DataSetEntry, panel: Panel, source: Source, code: str) -> pd.DataFrame:
    """The last rows of a log with an outcome."""
    return _rows(entry, source, panel.key, source.name, code)


@st.cache_data(max_entries=64, show_spinner="Reading the rows")
def _rows(_entry: DataSetEntry, _source: Source, panel_key: str, name: str, code: str) -> pd.DataFrame:
    return outcome_rows(_entry.load(), _entry.folder, _source, code, connections=allowed_connections(_entry))
