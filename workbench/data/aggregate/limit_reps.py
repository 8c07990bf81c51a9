"""Limit what is read to the reps of whom the roster says one of some values: nothing of others is handed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.data.aggregate.roster import read_roster
from workbench.data.engine.embedded import Engine
from workbench.data.events.opened_tables import open_tables
from workbench.data.model.daily import Exposure
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import REP, Panel
from workbench.data.model.row_overlap import RowOverlap
from workbench.errors import InputError, Issue, Where, refused
from workbench.rights.person import RepLimit

_PLACE = Where(area="roster")
LEAST_OUTSIDE = 5
"""With fewer reps outside of a limit a share of the whole team is given to a tenth, else to a hundredth: an exact one
is a fraction that tells both of its counts."""


def limit_panel(panel: Panel, only: RepLimit | None) -> Panel:
    """Return the panel with the reps of a limit alone; everything of theirs is as in the whole panel.

    Rows that were not used and problems of single rows go, since they may name anybody. How many rows were read is
    known where they are dated by days, else not at all. Of the whole team stay the days on which the team works, and
    which share of their rows two measures have in common, rounded: both are of how figures are counted.

    Raises
    ------
    InputError
        When the roster does not say who belongs to it, or nobody does.
    """
    if only is None:
        return panel
    seen = _reps_within(panel.reps, only)
    if not panel.frame[REP].isin(seen).any():
        raise refused("limit_empty", _PLACE)
    n_outside = int((~panel.everybody[REP].drop_duplicates().isin(seen)).sum())
    days = _only(panel.daily.frame, seen) if panel.daily else None
    n_rows = int(days["n_events"].sum()) if days is not None else 0
    note = Issue.of("info", "limited_view", _PLACE, attribute=only.attribute, values=only.values)
    return replace(
        panel,
        frame=_only(panel.frame, seen),
        reps=_only(panel.reps, seen),
        unscored=_only(panel.unscored, seen),
        undated=_only(panel.undated, seen),
        unused=panel.unused.iloc[:0],
        n_unused=panel.n_unused.iloc[:0],
        daily=replace(panel.daily, frame=days) if panel.daily is not None and days is not None else None,
        n_rows_read=n_rows,
        n_rows_used=n_rows,
        overlaps=tuple(_rounded(each, 2 if n_outside >= LEAST_OUTSIDE else 1) for each in panel.overlaps),
        coverage=tuple(replace(each, rows=()) for each in panel.coverage),
        exposure=_days_of(panel.exposure, seen) if panel.exposure else None,
        issues=(note,),
    )


def shown_problems(problems: Sequence[Issue], only: RepLimit | None) -> tuple[Issue, ...]:
    """Return the problems of data as whoever looks may see them: examples from the files may name anybody."""
    if only is None:
        return tuple(problems)
    return (Issue.of("error", "limited_problems", _PLACE, n_problems=len(problems)),) if problems else ()


def read_allowed_reps(dataset: DataSet, folder: Path, connections: Mapping[str, str]) -> frozenset[str] | None:
    """Return the reps of whom a data set may be read; None where it is not limited. Raises as ``limit_panel``."""
    only, roster = dataset.only, dataset.roster
    if only is None:
        return None
    if roster is None:
        raise refused("limit_unknown", _PLACE, attribute=only.attribute)
    with Engine() as engine:
        opened = open_tables(dataset.model_copy(update={"sources": ()}), folder, engine, connections, lambda step: None)
        if opened.roster is None:
            raise InputError(shown_problems(opened.problems, only))
        team = read_roster(roster, opened.roster, dataset.same_rep, dataset.timezone)
    return _reps_within(team.frame, only)


def _reps_within(reps: pd.DataFrame, only: RepLimit) -> frozenset[str]:
    attributes = [name for name in reps.columns if name not in (REP, "start", "end", "n_periods")]
    column = next((name for name in attributes if name.casefold() == only.attribute.casefold()), None)
    if column is None:
        raise refused("limit_unknown", _PLACE, attribute=only.attribute)
    wanted = {value.strip().casefold() for value in only.values}
    found = reps[REP][reps[column].astype("str").str.strip().str.casefold().isin(wanted)]
    if found.empty:
        raise refused("limit_empty", _PLACE)
    return frozenset(found)


def _rounded(overlap: RowOverlap, digits: int) -> RowOverlap:
    return replace(overlap, share_of_measure=round(overlap.share_of_measure, digits),
                   share_of_other=round(overlap.share_of_other, digits), n_shared=0)  # fmt: skip


def _days_of(exposure: Exposure, seen: frozenset[str]) -> Exposure:
    kept = np.isin(exposure.reps, list(seen))
    return replace(exposure, reps=exposure.reps[kept], at_work=exposure.at_work[kept], source=exposure.source[kept],
                   longest_pause=exposure.longest_pause[kept])  # fmt: skip


def _only(frame: pd.DataFrame, seen: frozenset[str]) -> pd.DataFrame:
    return frame[frame[REP].isin(seen)].reset_index(drop=True) if REP in frame.columns else frame
