"""How reliable it is that values crowd at a target, or that a link ended, from the stored simulation."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbench.integrity.calibration.target_worlds import MONTHS, REPS, TargetFinding, TargetWorldRow
from workbench.words.numbers import NONE, percent

TARGET_RELIABILITY = "How reliable is this?"
TARGET_METHOD = (
    f"Teams of {REPS} reps and {MONTHS} months were drawn. Planted crowding: half of the near misses were brought to "
    "the target. Planted end: the link ended in the tenth month, wholly or by half. "
    "`python -m workbench calibrate-integrity --part targets` makes the table anew."
)


def target_reliability_sentences(rows: Sequence[TargetWorldRow]) -> list[str]:
    """How often honest teams are said to crowd or a steady link to have ended, and how often planted ones are found."""
    crowds = [row for row in rows if row.finding == "crowding"]
    honest, pushed = ([row for row in crowds if row.planted is planted] for planted in (False, True))
    said = [
        f"Of {honest[0].teams:,} simulated honest teams of each of {len(honest)} kinds, at most {_most(honest)} were "
        "said to crowd at the target.",
        f"Where half of the near misses were brought to the target, {_least(pushed)} to {_most(pushed)} were found.",
    ]
    for finding, how in _DATES.items():
        links = [row for row in rows if row.finding == finding]
        steady, whole = (
            [row for row in links if not row.planted],
            [row for row in links if row.world == "the link ends"],
        )
        half = [row for row in links if row.world == "half of the link ends"]
        said.append(
            f"With the month {how}, {_most(steady)} of steady links were said to end at most; an end was found in "
            f"{_least(whole)}, half an end in {_least(half)}."
        )
    return said


def target_reliability_table(rows: Sequence[TargetWorldRow]) -> pd.DataFrame:
    """One row per kind of team and finding."""
    cells = [
        (row.world.capitalize(), _FINDINGS[row.finding], NONE if row.planted else f"{100 * row.found:.1f}%",
         f"{100 * row.found:.1f}%" if row.planted else NONE, row.teams)
        for row in rows
    ]  # fmt: skip
    return pd.DataFrame(cells, columns=["Kind of team", "Finding", "False alarms", "Found", "Teams"])


_DATES: dict[TargetFinding, str] = {
    "link ended, date given": "given",
    "link ended, date searched": "searched for",
}
_FINDINGS: dict[TargetFinding, str] = {
    "crowding": "crowds at the target",
    "link ended, date given": "link ended, month given",
    "link ended, date searched": "link ended, month searched for",
}


def _most(rows: Sequence[TargetWorldRow]) -> str:
    return percent(max(row.found for row in rows))


def _least(rows: Sequence[TargetWorldRow]) -> str:
    return percent(min(row.found for row in rows))
