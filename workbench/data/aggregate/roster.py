"""Read the roster: the reps of the team, their attributes, and their start and end dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.data.columns import read_column
from workbench.data.engine.embedded import ROW
from workbench.data.files.table import Table
from workbench.data.model.dataset import Roster
from workbench.data.model.panel import REP
from workbench.data.model.periods import TIME_UNIT
from workbench.data.values.rep_names import NO_NAME, TOTALS, merge_spellings, tidy_names
from workbench.errors import Examples, Issue, Where


@dataclass(frozen=True, eq=False)
class Team:
    """The roster as read.

    Attributes
    ----------
    frame : one row per rep: ``rep``, the attributes (text), ``start`` and ``end`` (datetime64, NaT where blank).
    knows_end : the roster has an end column, so a blank end means still employed.
    """

    frame: pd.DataFrame
    knows_end: bool
    issues: tuple[Issue, ...]


def read_roster(roster: Roster, table: Table, same_rep: Mapping[str, str], timezone: str | None) -> Team:
    """Read the roster to one row per rep; a rep in several rows has the first row's attributes and the whole time."""
    rows, where = table.rows, Where(area="roster", file=roster.location)
    who = merge_spellings(tidy_names(read_column.clean_text(rows, roster.rep).expr), same_rep)
    moments = {
        name: read_column.parse_dates(rows, column, roster.date_formats.get(column), timezone)
        for name, column in _date_columns(roster).items()
    }
    chosen = rows.select(
        ROW,
        **{REP: who},
        **{f"attribute{i}": read_column.clean_text(rows, name).expr for i, name in enumerate(roster.attributes)},
        **{name: reading.expr.cast("date") for name, reading in moments.items()},
    )
    frame = chosen.order_by(ROW).to_pyarrow().to_pandas()
    lower = frame[REP].str.lower()
    named = frame[frame[REP].notna() & ~lower.isin([*NO_NAME, *TOTALS])]
    issues = [*table.issues, *(issue for reading in moments.values() for issue in reading.issues)]
    issues += _roster_row_issues(len(frame) - len(named), named[REP][named[REP].duplicated()], where)
    return Team(_one_row_per_rep(named, roster), roster.end is not None, tuple(issues))


def _date_columns(roster: Roster) -> dict[str, str]:
    return {name: column for name, column in (("start", roster.start), ("end", roster.end)) if column}


def _one_row_per_rep(named: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    attributes = {f"attribute{i}": name for i, name in enumerate(roster.attributes)}
    named = named.assign(**{name: named.get(name, pd.NaT) for name in ("start", "end")})
    named = named.astype(dict.fromkeys(("start", "end"), f"datetime64[{TIME_UNIT}]"))
    still_here = named["end"].isna().groupby(named[REP]).any()
    grouped = named.groupby(REP, sort=True)
    first = grouped[list(attributes)].nth(0).set_index(named.groupby(REP).nth(0)[REP]) if attributes else None
    frame = pd.DataFrame({"start": grouped["start"].min(), "end": grouped["end"].max().mask(still_here)})
    whole = frame if first is None else first.join(frame)
    return whole.rename(columns=attributes).rename_axis(REP).reset_index().sort_values(REP, ignore_index=True)


def _roster_row_issues(n_nobody: int, repeated: pd.Series, where: Where) -> list[Issue]:
    issues = []
    if n_nobody:
        issues.append(Issue.of("warning", "blank_rep", where, n_nobody, amounts=()))
    if len(repeated):
        reps = Examples.of(repeated.unique())
        issues.append(Issue.of("warning", "roster_repeats", where, len(repeated), reps=reps))
    return issues


def roster_issues(team: Team, rows: Mapping[str, int], where: Where) -> tuple[Issue, ...]:
    """Report reps in the sources but not on the roster, and the other way round.

    Parameters
    ----------
    rows : used rows by rep.
    """
    known = set(team.frame[REP])
    strangers = sorted(set(rows) - known, key=lambda name: (-rows[name], name))
    absent = sorted(known - set(rows))
    issues = []
    if strangers:
        n = sum(rows[name] for name in strangers)
        issues.append(Issue.of("warning", "not_on_roster", where, n, reps=Examples.of(strangers)))
    if absent:
        issues.append(Issue.of("info", "no_events", where, reps=Examples.of(absent)))
    return tuple(issues)
