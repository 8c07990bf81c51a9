"""How much of each rep's activity any check points at, and which checks a re-scoring leaves out."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from workbench.integrity.flags import Flags, TeamFigure
from workbench.integrity.suspect_counts import ANY, CHECK_NAMES, TEAM_ONLY, CheckName, SuspectCounts

A_TEAM_MATTER = 3
A_FEW = 2
"""Reps beyond the spread on each of so many checks that it is said though nobody is named."""
"""Reps beyond the spread on one check from which on its rows are left out by default though nobody is named: of one or
two, the ranking without these rows would name them all the same."""
ROLE_COLUMNS = ("role", "job_title", "job", "title", "position", "function")


def suspect_shares(counts: SuspectCounts) -> pd.DataFrame:
    """Return one row per rep, by name: ``rep``, ``n`` (events judged), ``k`` (suspect by any check) and ``share``."""
    mine = counts.frame[counts.frame["check"] == ANY]
    summed = mine.groupby("rep", as_index=False)[["n", "k"]].sum().sort_values("rep", ignore_index=True)
    return summed.assign(share=summed["k"] / summed["n"])


def standing_out(flags: Flags) -> tuple[CheckName, ...]:
    """List the checks that names rest on, or on which several reps stand out: their rows are left out by default."""
    named = {key.check for flag in flags.named for key in flag.keys}
    beyond = {figure.check for figure in flags.team if figure.n_beyond >= A_TEAM_MATTER}
    return tuple(name for name in CHECK_NAMES if name in (named | beyond) - TEAM_ONLY)


def strongest_checks(flags: Flags) -> tuple[CheckName, ...]:
    """List the checks that names rest on, those of most reps first."""
    seen = Counter(check for flag in flags.named for check in {key.check for key in flag.keys})
    return tuple(sorted(seen, key=lambda check: (-seen[check], CHECK_NAMES.index(check))))


def rep_roles(reps: pd.DataFrame) -> pd.Series:
    """Return each rep's role by name, from the first attribute of the team list that is called like one; "" without.

    Parameters
    ----------
    reps : ``Panel.reps``, one row per rep.
    """
    columns = {str(name).strip().lower().replace(" ", "_"): name for name in reps.columns}
    found = next((columns[name] for name in ROLE_COLUMNS if name in columns), None)
    roles = reps[found].fillna("").astype(str) if found is not None else pd.Series("", index=reps.index)
    return pd.Series(roles.to_numpy(), index=reps["rep"].to_numpy())


def questioned_share(counts: SuspectCounts, flags: Flags, source: str | None) -> float:
    """Return the share of a log's events at which checks point on which somebody stands out; 0 if nobody does.

    Of each rep the check with the largest share counts, since one event can be pointed at by several.
    """
    checks = standing_out(flags)
    mine = counts.frame[(counts.frame["source"] == source) & counts.frame["check"].isin(checks)]
    if mine.empty:
        return 0.0
    summed = mine.groupby(["check", "rep"], as_index=False)[["n", "k"]].sum()
    per_rep = summed.groupby("rep")[["n", "k"]].max().sum()
    return float(per_rep["k"] / per_rep["n"]) if per_rep["n"] else 0.0


def activity_in_question(counts: SuspectCounts, flags: Flags) -> float:
    """Return the ``questioned_share`` of the log with most of it, 0 to 1."""
    return max((questioned_share(counts, flags, source) for source in counts.frame["source"].unique()), default=0.0)


def several_checks(flags: Flags) -> list[TeamFigure]:
    """List the checks on which a few reps stand out, most reps first; none unless there are a few such checks."""
    found = sorted((each for each in flags.team if each.n_beyond >= A_FEW), key=lambda each: -each.n_beyond)
    return found if len(found) >= A_FEW else []


def months_in_question(flags: Flags) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    """Return the first and the last month of all changes of named reps; None where no change began, or one goes on."""
    changes = [key for flag in flags.named for key in flag.keys if key.since is not None]
    since = min((key.since for key in changes if key.since is not None), default=None)
    ends = [key.until for key in changes]
    return since, max((end for end in ends if end is not None), default=None) if None not in ends else None
