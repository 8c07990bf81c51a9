"""Store and read the calibration table: how often the checks are right, by size of team."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from workbench.evidence.calibration.simulate import SimulationResult
from workbench.evidence.calibration.worlds import LEVERS, USELESS

TABLE = Path(__file__).with_name("table.json")


@dataclass(frozen=True)
class CalibrationRow:
    """The calibration of one kind of team.

    Attributes
    ----------
    link : the planted link within reps of the levers. histories : how many were drawn. note : what else is unusual.
    found, lever_dropped : of the lever: share of histories in which it is kept, and dropped.
    lagged_found : the same of the lever that works two periods later.
    false_keep : KPI kind without use → share of histories in which it is kept.
    verdicts : KPI kind → verdict → share. coverage : interval → share that held the truth. intervals : how many.
    alarms : test → kind → share with p ≤ .05.
    """

    reps: int
    periods: int
    link: float
    histories: int
    note: str
    found: float
    lagged_found: float
    lever_dropped: float
    false_keep: dict[str, float]
    verdicts: dict[str, dict[str, float]]
    coverage: dict[str, float]
    intervals: dict[str, int]
    alarms: dict[str, dict[str, float]]


def calibration_row(outcome: SimulationResult, note: str = "") -> CalibrationRow:
    """Summarize one simulated world."""
    said = outcome.verdicts

    def share(kind: str, verdict: str) -> float:
        return said.get(kind, {}).get(verdict, 0.0)

    return CalibrationRow(
        outcome.world.reps, outcome.world.periods, outcome.world.link, outcome.histories, note,
        share("lever", "keep"), share("lagged_lever", "keep"), max(share(kind, "drop") for kind in LEVERS),
        {kind: share(kind, "keep") for kind in USELESS if kind in said}, said,
        {name: covered for name, (covered, _) in outcome.coverage.items()},
        {name: n for name, (_, n) in outcome.coverage.items()}, outcome.alarms,
    )  # fmt: skip


def merge_rows(rows: list[CalibrationRow]) -> CalibrationRow:
    """Merge rows of one world: shares weigh by histories, coverage by intervals."""
    first, histories = rows[0], [row.histories for row in rows]

    def mean(values: list[float]) -> float:
        return float(np.average(values, weights=histories))

    def means(found: list[dict[str, float]]) -> dict[str, float]:
        return {
            name: mean([one.get(name, 0.0) for one in found]) for name in dict.fromkeys(n for d in found for n in d)
        }

    def nested(found: list[dict[str, dict[str, float]]]) -> dict[str, dict[str, float]]:
        names = dict.fromkeys(name for one in found for name in one)
        return {name: means([one.get(name, {}) for one in found]) for name in names}

    intervals = {name: sum(row.intervals.get(name, 0) for row in rows) for row in rows for name in row.intervals}
    held = {
        name: sum(row.coverage[name] * row.intervals[name] for row in rows if name in row.intervals)
        for name in intervals
    }
    return replace(
        first, histories=sum(histories), found=mean([row.found for row in rows]),
        lagged_found=mean([row.lagged_found for row in rows]), lever_dropped=mean([row.lever_dropped for row in rows]),
        false_keep=means([row.false_keep for row in rows]), verdicts=nested([row.verdicts for row in rows]),
        coverage={name: held[name] / n for name, n in intervals.items()}, intervals=intervals,
        alarms=nested([row.alarms for row in rows]),
    )  # fmt: skip


def save_table(rows: list[CalibrationRow], path: Path = TABLE) -> None:
    """Write the rows, numbers to four decimals."""
    content = json.dumps([_rounded(asdict(row)) for row in rows], indent=1, ensure_ascii=False)
    path.write_text(content + "\n", encoding="utf-8")


@cache
def load_table(path: Path = TABLE) -> tuple[CalibrationRow, ...]:
    """Read the stored rows."""
    return tuple(CalibrationRow(**row) for row in json.loads(path.read_text(encoding="utf-8")))


def most_similar_team(
    reps: int, periods: int, link: float, rows: tuple[CalibrationRow, ...] | None = None
) -> CalibrationRow:
    """Return the ordinary team most similar in size (on a log scale), with the planted link nearest to ``link``."""
    rows = load_table() if rows is None else rows
    plain = [row for row in rows if not row.note]
    nearest = min((row.link for row in plain), key=lambda planted: abs(planted - link))
    return min(
        (row for row in plain if row.link == nearest),
        key=lambda row: np.hypot(np.log(row.reps / max(reps, 1)), np.log(row.periods / max(periods, 1))),
    )


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return round(value, 4) if isinstance(value, float) else value
