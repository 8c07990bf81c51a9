"""How far calls got, per rep, stratum and month: counted outcomes under a phase file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbench.data.aggregate.build_panel import Progress
from workbench.data.model.dataset import DataSet
from workbench.errors import Examples, InputError, Issue, Where, errors
from workbench.phases.hour_effect import HourEffect, hour_effect
from workbench.phases.log_checks import check_log_phases
from workbench.phases.log_spans import LogSpans
from workbench.phases.outcome_counts import HOUR, MOST_CODES, OutcomeCounts, count_outcomes
from workbench.phases.phase_file import PhaseFile, check_phases, has_outcomes, phase_numbers

UNMAPPED = -1
MANY = 0.2
"""Share of rows without a mapped outcome from which no rate can be read."""


@dataclass(frozen=True, eq=False)
class PhaseCounts:
    """How far the calls of each rep got.

    Attributes
    ----------
    phases : names in order. strata : the columns and roster attributes compared within, by name.
    frame : one row per (rep, stratum, month, phase) with rows: ``rep``, ``stratum`` (the values of ``strata`` joined,
        "" where there are none), ``month`` (datetime64, its first day), ``phase`` (int: the place of the furthest
        phase, 0 for none) and ``n`` (int). Rows with an outcome that is not mapped, or blank, are left out.
    outcomes : one row per outcome found: ``code`` (as codes are written, "" for blank), ``phase`` (-1: not mapped),
        ``n``; the most frequent first, at most ``MOST_CODES``.
    n_rows, n_unmapped : used rows of the log, and of these rows without a mapped outcome.
    spans : from when to when reps and outcomes are in the log; None where nobody looked.
    hour : what comparing calls of the same hour would change; None where that is not known, or done.
    """

    phases: tuple[str, ...]
    strata: tuple[str, ...]
    frame: pd.DataFrame
    outcomes: pd.DataFrame
    n_rows: int
    n_unmapped: int
    issues: tuple[Issue, ...] = ()
    spans: LogSpans | None = None
    hour: HourEffect | None = None

    @property
    def open_share(self) -> float:
        """The share of rows without a mapped outcome."""
        return self.n_unmapped / max(self.n_rows, 1)

    @property
    def gone(self) -> tuple[str, ...]:
        """Reps who call no more by the end of the log; nobody where days are not known."""
        return self.spans.gone() if self.spans else ()


def count_phases(
    dataset: DataSet,
    folder: Path,
    file: PhaseFile,
    *,
    name: str = "phase file",
    connections: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    without: Collection[str] = (),
) -> PhaseCounts:
    """Count the rows of a log by scored rep, stratum, month and furthest phase; the reps ``without`` are left out.

    Raises
    ------
    InputError
        With every problem of the phase file, the data set and its files.
    """
    found = check_phases(file, dataset, name)
    source = next((each for each in dataset.sources if each.name == file.source), None)
    if source is None or not has_outcomes(source):
        raise InputError(errors(found))
    try:
        counted = count_outcomes(dataset, folder, source, file.strata, named=phase_numbers(file), name=name,
                                 connections=connections, progress=progress)  # fmt: skip
    except InputError as error:
        raise InputError([*errors(found), *error.issues]) from None
    if errors(found):
        raise InputError(errors(found))
    counts = furthest_phases(counted.without(without) if without else counted, file, name)
    return replace(counts, issues=(*found, *counts.issues))


def furthest_phases(counted: OutcomeCounts, file: PhaseFile, name: str = "phase file") -> PhaseCounts:
    """Count by furthest phase what was counted by outcome.

    Raises
    ------
    InputError
        When no call proves a phase.
    """
    numbers = phase_numbers(file)
    cells = counted.frame.assign(phase=counted.frame["code"].map(numbers).fillna(UNMAPPED).astype(int))
    outcomes = counted.outcomes.assign(phase=[numbers.get(code, UNMAPPED) for code in counted.outcomes["code"]])
    known = cells[cells["phase"] != UNMAPPED]
    if not (known["phase"] > 0).any():
        raise InputError(Issue.of("error", "no_phase_reached", Where(file=name, path=("dispositions",))))
    keys = ["rep", "stratum", "month", "phase"]
    frame = known.groupby(keys, as_index=False)["n"].sum().astype({"phase": int, "n": int})
    unmapped = int(outcomes.loc[outcomes["phase"] == UNMAPPED, "n"].sum())
    unusual = check_log_phases(counted.spans, file, name) if counted.spans else ()
    return PhaseCounts(
        file.phases, counted.strata, frame, outcomes[["code", "phase", "n"]].head(MOST_CODES), counted.n_rows, unmapped,
        (*counted.issues, *_unmapped_issue(outcomes, name), *unusual), counted.spans, _hour_effect(counted, file),
    )  # fmt: skip


def _hour_effect(counted: OutcomeCounts, file: PhaseFile) -> HourEffect | None:
    if counted.hours is None or HOUR in file.strata:
        return None
    phase = counted.hours["code"].map(phase_numbers(file))
    known = counted.hours.assign(phase=phase).dropna(subset="phase").astype({"phase": int})
    return hour_effect(known, file.phases)


def _unmapped_issue(outcomes: pd.DataFrame, name: str) -> Iterator[Issue]:
    lost = outcomes[outcomes["phase"] == UNMAPPED]
    n, total = int(lost["n"].sum()), int(outcomes["n"].sum())
    if n:
        codes = Examples.of(code or "(blank)" for code in lost["code"])
        place = Where(file=name, path=("dispositions",))
        if n > MANY * total:
            yield Issue.of("warning", "many_outcomes_unmapped", place, n, names=codes, share=n / total)
        else:
            yield Issue.of("warning", "outcomes_unmapped", place, n, names=codes, share=n / total)
