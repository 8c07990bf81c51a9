"""How reliable named flags are, from the stored simulation."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbench.integrity.calibration.flag_table import BUDGET, Excuse, FlagCalibrationRow
from workbench.words.numbers import NONE, percent, pluralize

HEADING = "How reliable"
COLUMNS = ("Kind of team", "Reps", "Honest reps named per team and year", "Teams")
FLAG_METHOD = "`python -m workbench calibrate-integrity` makes the table anew."
_CALM, _WITH_GOAL = "calm", "calm, with a goal"
_TOLD_BY: dict[Excuse, str] = {"": "", "few_with_one_job": " (a role must tell)"}


def honest_sentence(rows: Sequence[FlagCalibrationRow]) -> str:
    """How many honest reps are named at most."""
    judged = [row for row in rows if not row.excuse]
    worst = max(judged, key=lambda row: row.honest_named)
    kinds = len({row.kind for row in judged})
    said = f"at most {worst.honest_named:.2f} honest reps were named per team and year"
    return f"In {kinds} kinds of simulated teams {said} ({worst.teams} of each kind; the limit is {BUDGET})."


def power_sentence(rows: Sequence[FlagCalibrationRow], reps: int) -> str:
    """How many who fake are named, by how much of their activity is empty, in teams of the nearest size."""
    faking = [row for row in rows if row.kind == _CALM and row.power is not None]
    if not faking:
        return ""
    size = _nearest(faking, reps)
    by_start: dict[str, list[str]] = {}
    for row in sorted(faking, key=lambda row: row.empty):
        if row.reps == size and row.power is not None:
            by_start.setdefault(row.begin, []).append(f"{percent(row.power)} at {percent(row.empty)} empty")
    parts = [f"{START.get(begin, begin)} {', '.join(said)}" for begin, said in by_start.items()]
    return f"Share of fakers who are named in teams of {size}: {'; '.join(parts)}."


def goal_sentences(rows: Sequence[FlagCalibrationRow]) -> str:
    """For which goals the shares of ``power_sentence`` hold, and what another goal costs and spares."""
    named = {
        kind: {
            (row.reps, row.empty, row.begin): row.power for row in rows if row.kind == kind and row.power is not None
        }
        for kind in (_CALM, _WITH_GOAL)
    }
    both = named[_CALM].keys() & named[_WITH_GOAL].keys()
    if not both:
        return ""
    most = max(named[_CALM][world] - named[_WITH_GOAL][world] for world in both)
    teams = min(row.teams for row in rows if row.kind == _WITH_GOAL)
    return (
        "These shares are for designs without a goal, or with a goal that reps log themselves. "
        f"With a goal from orders up to {pluralize(max(round(100 * most), 0), 'percentage point')} fewer are named, "
        f"in {teams} teams of each kind. "
        "Who logs less than the others and still reaches such a goal is not named, faking or not. "
        "Without such a goal, or with rare deals, nobody is named who logs far less than others or before."
    )


def _nearest(rows: Sequence[FlagCalibrationRow], reps: int) -> int:
    return min({row.reps for row in rows}, key=lambda n: abs(n - reps))


START = {"all year": "faking all year, with known roles,", "mid-year": "begun mid-year"}


def calibration_rows(rows: Sequence[FlagCalibrationRow]) -> pd.DataFrame:
    """One row per kind and size of team in which nobody fakes, the worst first, under ``COLUMNS``."""
    honest = [row for row in rows if row.power is None]
    ordered = sorted(honest, key=lambda row: (-row.honest_named, row.kind, row.reps))
    values = [(row.kind + _TOLD_BY[row.excuse], row.reps, row.honest_named, row.teams) for row in ordered]
    return pd.DataFrame(values, columns=pd.Index(COLUMNS))


def flag_calibration_cells(rows: Sequence[FlagCalibrationRow]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The head and the cells of all rows, for a terminal."""
    head = ("Kind of team", "Reps", "Empty", "Honest named", "Fakers named")
    cells: list[tuple[str, ...]] = [
        (row.kind, str(row.reps), f"{percent(row.empty)} {row.begin}".strip() if row.empty else NONE,
         f"{row.honest_named:.3f}", NONE if row.power is None else percent(row.power))
        for row in rows
    ]  # fmt: skip
    return head, cells
