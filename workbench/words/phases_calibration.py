"""How reliable the coaching plan is, in sentences about simulated teams like the one on the page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from workbench.phases.calibration.phase_table import ENOUGH, MOST_FALSE, Bound, PhaseCalibrationRow
from workbench.phases.calibration.planted_teams import TeamKind
from workbench.phases.judge_phases import FEWEST_REPS
from workbench.words.lists import list_names
from workbench.words.numbers import NONE, percent

HOW_RELIABLE = "How reliable is this plan?"
TEAM_KINDS: dict[TeamKind, str] = {
    "calm": "reps do not differ",
    "month shocks": "reps do not differ but have good and bad months",
    "list per quarter": "reps do not differ but get a new list each quarter",
    "lists inseparable": "each rep has one list all year",
    "coding habits": "half the team logs conversations one step lower",
    "warm prospects": "who reaches more reaches colder people",
    "month drift": "all rates drift and reps call at different times",
    "new code mid-year": "a new outcome is used from mid-year",
    "reps drift": "reps have good and bad spells of months",
    "small and one real": "reps differ a little everywhere and plainly at one phase",
    "bimodal": "half the team is good at one phase",
    "one real": "reps differ at one phase",
    "one real and shocks": "reps differ at one phase and have good and bad months",
    "worst coached": "the lowest rep is coached without effect",
}
REMEDIES: dict[TeamKind, str] = {
    "new code mid-year": "A warning names an outcome that begins mid-year.",
    "coding habits": "With fewer than 5 reps such habits cannot be seen.",
    "reps drift": "Most such phases are called good and bad spells; more months help.",
    "bimodal": "Read the level to reach as the upper half of the team.",
}
BOUNDS: dict[Bound, str] = {
    "false_spread": "false differences in more than 5%",
    "plan_right": "the wrong phase in more than 10% of plans",
    "no_plan": "plans without need in more than 5%",
    "rates": "ranges of reps too narrow",
    "achievable": "ranges of the level to reach too narrow",
    "months": "ranges of months too narrow",
    "improved": "false progress in more than 5%",
}
PHASE_CALIBRATION_COLUMNS = (
    "Kind of team", "Reps", "Calls per rep", "Spread", "False difference", "Found", "Plan right", "No plan",
    "Range holds: reps", "Level to reach", "Months", "False progress", "Teams", "Missed",
)  # fmt: skip


def phase_calibration_sentences(rows: Sequence[PhaseCalibrationRow]) -> list[str]:
    """What simulated teams like this one show; rows as ``rows_like_team`` returns them.

    First how often a plan is a false alarm, then what is found and how often the plan is right, then how often ranges
    and progress hold, last where a promise is missed.
    """
    size = rows[0]
    if size.reps < FEWEST_REPS:
        return [f"With {size.reps} reps no simulated team gets a plan: {FEWEST_REPS} reps are needed."]
    return [
        *_false_plan_sentence(rows),
        *_found_sentences(rows),
        *_range_sentence(rows),
        *_progress_sentence(rows),
        *missed_sentences(rows),
    ]


def _false_plan_sentence(rows: Sequence[PhaseCalibrationRow]) -> list[str]:
    nothing = [row for row in rows if not row.planted]
    teams = sum(row.teams for row in nothing)
    plans = sum(row.plans for row in nothing)
    if not teams:
        return []
    like = f"{rows[0].reps} reps with {rows[0].dials:,} calls each"
    return [f"In {teams:,} simulated teams of {like} and no differences, {percent(plans / teams)} got a plan."]


def _found_sentences(rows: Sequence[PhaseCalibrationRow]) -> list[str]:
    said = []
    for row in rows:
        if row.kind == "one real" and row.found is not None:
            size = "plain" if row.spread > 0.2 else "modest"
            said.append(
                f"A {size} difference of {percent(row.spread)} between reps was found in {percent(row.found)} of teams."
            )
    planted = [row for row in rows if row.planted]
    plans = sum(row.plans for row in planted)
    if plans >= ENOUGH:
        right = sum((row.right or 0) * row.plans for row in planted) / plans
        said.append(f"Where a difference was planted, {percent(right)} of {plans:,} plans named the right phase.")
    return said


def _range_sentence(rows: Sequence[PhaseCalibrationRow]) -> list[str]:
    held = [
        (row.rates, row.n_intervals["rates"]) for row in rows if row.rates is not None and "rates" not in row.missed
    ]
    n = sum(of for _, of in held)
    if not n:
        return []
    share = sum(rate * of for rate, of in held) / n
    wide = ", so the ranges are rather too wide" if share > 0.97 else ""
    return [f"Likely ranges of reps, meant for 95%, held the true rate in {percent(share)}{wide}."]


def _progress_sentence(rows: Sequence[PhaseCalibrationRow]) -> list[str]:
    coached = [row for row in rows if row.improved is not None]
    n = sum(row.n_intervals["coached"] for row in coached)
    if not n:
        return []
    share = sum((row.improved or 0) * row.n_intervals["coached"] for row in coached) / n
    return [f"The lowest rep, coached without effect, was said to improve in {percent(share)} of {n:,} teams."]


def missed_sentences(rows: Sequence[PhaseCalibrationRow]) -> list[str]:
    """Where this does not hold: one sentence per kind of team that misses a promise, and what to do about it."""
    kinds: dict[TeamKind, list[str]] = {}
    for row in rows:
        for bound in row.missed:
            said = kinds.setdefault(row.kind, [])
            if BOUNDS[bound] not in said:
                said.append(BOUNDS[bound])
    return [
        " ".join(filter(None, (f"Not reliable where {TEAM_KINDS[kind]}: {list_names(said)}.", REMEDIES.get(kind))))
        for kind, said in kinds.items()
    ]


def phase_calibration_cells(row: PhaseCalibrationRow) -> tuple[str, ...]:
    """One row of the table, under ``PHASE_CALIBRATION_COLUMNS``."""
    return (
        TEAM_KINDS[row.kind], str(row.reps), f"{row.dials:,}", percent(row.spread) if row.spread else NONE,
        *map(_share, (row.false_spread, row.found, row.right, row.no_plan, row.rates, row.achievable, row.months,
                      row.improved)),
        str(row.teams), list_names([BOUNDS[each] for each in row.missed]),
    )  # fmt: skip


def phase_calibration_method(rows: Sequence[PhaseCalibrationRow]) -> str:
    """How the table was made."""
    most, kinds = max(row.teams for row in rows), len({row.kind for row in rows})
    return (
        f"{kinds} kinds of teams with known rates were drawn, {most} of each kind and size, and judged as yours. "
        f"Promised: differences where there are none in at most {percent(MOST_FALSE)}; the right phase in 90% of "
        "plans; 95% ranges that hold the truth in at least 93%. "
        "`python -m workbench calibrate-phases` makes the table anew."
    )


def _share(value: float | None) -> str:
    return NONE if value is None or not math.isfinite(value) else f"{100 * value:.1f}%"
