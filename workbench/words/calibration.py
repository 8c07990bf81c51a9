"""Calibration of the evidence in words: a sentence, the table of the page, and the README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.evidence.calibration.calibration_table import CalibrationRow, load_table, most_similar_team
from workbench.words.numbers import percent

KINDS = {
    "noise": "pure noise",
    "trait": "a trait of good sellers, moving nothing",
    "lever": "a lever",
    "lagged_lever": "a lever that works two periods later",
    "season": "only the season",
    "copy": "a copy of the lever",
    "gamed": "a lever until half time, then faked",
    "drifting": "a lever that fades",
    "segment": "a lever in half of the team",
    "follower": "follows the goal",
    "ended": "a lever that no longer works",
}
INTERVALS = {
    "across_reps": "across reps", "within_reps": "within reps, season left in",
    "within_reps_and_periods": "within reps", "rep_periods": "over rep-periods", "next_period": "next period",
    "given_last_goal": "next period, given this period's goal", "partial_across": "given the others, across reps",
    "partial_within": "given the others, within reps", "discrimination": "real differences in a season",
    "stability": "stability over seasons", "single_period": "reliability of one period", "early": "first half",
    "late": "second half", "change": "change between halves", "segment A": "one part of the team",
    "segment B": "other part",
    "per_unit": "goal per unit",
}  # fmt: skip


LINK, WIDE = 0.3, 10
HOW = (
    "Histories with planted truths were drawn for each team size (reps × periods{yours}) and put "
    "through the same checks. **ρ**: how often a real link of that size gets the verdict keep. **Useless kept**: "
    "noise, traits, season, copies, followers and faked KPIs that get it all the same, the worst of them. "
    "**Real dropped**: levers that get the verdict drop. **Intervals**: share of the 95% intervals that hold the "
    "truth. "
    "`python -m workbench calibrate` makes the table anew."
)


def calibration_method(reps: int, periods: int) -> str:
    """How the table was made; what marks the team like yours is said where there is one."""
    return HOW.format(yours="; ← is most like yours" if min(reps, periods) > 1 else "")


def calibration_sentence(reps: int, periods: int, link: float = LINK) -> str:
    """``In teams like yours (20 reps × 24 periods) this finds a real link of 0.3 in 94% of cases …``.

    Empty for one rep or one period, which were not simulated.
    """
    if reps < 2 or periods < 2:
        return ""
    row = most_similar_team(reps, periods, link)
    return (
        f"In teams like yours ({row.reps} reps × {row.periods} periods were simulated) a real link of {row.link:g} is "
        f"found in {percent(row.found)} of cases and wrongly dropped in {percent(row.lever_dropped)}. "
        f"{useless_kept_sentence(load_table())}"
    )


def useless_kept_sentence(rows: Sequence[CalibrationRow]) -> str:
    """How often a useless KPI is kept in the worst of all published worlds, and which world and KPI that is."""
    share, _, kind, worst = max(
        ((share, row.histories, kind, row) for row in rows for kind, share in row.false_keep.items()),
        key=lambda found: found[:2],
    )
    return (
        f"Over all {len(rows)} simulated worlds a useless KPI is kept in at most {percent(share)} of teams; the worst "
        f"is {KINDS[kind]} ({_team(worst)})."
    )


def calibration_markdown(rows: Sequence[CalibrationRow]) -> str:
    """The README of the calibration: power, false verdicts and coverage."""
    plain = [row for row in rows if not row.note]
    full = [row for row in rows if "gamed" in row.verdicts]
    few = [row for row in plain if "gamed" not in row.verdicts]
    return "\n".join([
        "# How often the evidence is right",
        "",
        "Made by `python -m workbench calibrate`; do not edit by hand. Teams with planted truths are drawn, every "
        "check runs on each history, and its verdicts and intervals are compared with the truth (for intervals: the "
        "same estimate on crowds of 3,000 reps of the same kind). Activity and sales remember 40% of the period "
        "before, reps differ, all share a season, three in ten come late or leave early. "
        f"{_histories(full)} histories a team, {_histories(few)} where only power is asked.",
        "",
        "## A real link is kept",
        "",
        *_markdown(power_table(plain)),
        "",
        "## A useless KPI is kept, a lever is dropped",
        "",
        *_table(["team", "link", *(KINDS[k] for k in full[0].false_keep), "lever dropped"],
                [[_team(r), f"{r.link:g}", *(_exact(v) for v in r.false_keep.values()), _exact(r.lever_dropped)]
                 for r in full]),
        "",
        "## Teams with something unusual",
        "",
        *_table(["team", "useless kept", "lever kept", "lever dropped", "interval within reps", "histories"],
                [_unusual(row) for row in rows if row.note]),
        "",
        "Intervals here are by reps alone. Where reps share a cause that the data do not tell (shocks or a campaign, "
        "unknown), these hold the truth far less often: the page then says that reps move together, shows a wider "
        "range, and keeps a KPI only if its link survives without what reps share.",
        "",
        "## Verdicts by kind",
        "",
        *(line for r in full if (r.reps, r.periods) in ((12, 12), (20, 24), (50, 24)) for line in _verdicts(r)),
        "## Share of 95% intervals that hold the truth",
        "",
        f"In all teams of {WIDE} reps and more:",
        "",
        *_table(["interval", "share", "lowest team", "highest team", "intervals"], pooled_coverage_rows(full)),
        "",
        "Team by team:",
        "",
        *_coverage(full),
        "",
    ])  # fmt: skip


def _histories(rows: Sequence[CalibrationRow]) -> str:
    """``200``; ``100 to 200`` where teams of some sizes have fewer."""
    found = [row.histories for row in rows]
    return f"{min(found)} to {max(found)}" if min(found) < max(found) else str(max(found))


def _unusual(row: CalibrationRow) -> list[str]:
    within_coverage = row.coverage.get("within_reps_and_periods")
    worst = max(row.false_keep.values(), default=0)
    within = "" if within_coverage is None else f"{within_coverage:.3f}"
    lever = [_exact(row.found), _exact(row.lever_dropped)] if "lever" in row.verdicts else ["", ""]
    return [_team(row), _exact(worst) if row.false_keep else "", *lever, within, str(row.histories)]


def _exact(share: float) -> str:
    return f"{100 * share:.1f}%"


def power_table(rows: Iterable[CalibrationRow]) -> list[dict[str, str]]:
    """One row per ordinary team: how often a real link of each size is kept, at once and two periods later."""
    by_team: dict[tuple[int, int], dict[float, CalibrationRow]] = {}
    for row in rows:
        if not row.note:
            by_team.setdefault((row.reps, row.periods), {})[row.link] = row
    sizes = sorted({size for found in by_team.values() for size in found})
    return [
        {"Team": f"{reps} × {periods}"}
        | {f"ρ {s:g}": percent(found[s].found) if s in found else "" for s in sizes}
        | {f"ρ {s:g}, two periods later": percent(found[s].lagged_found) if s in found else "" for s in sizes}
        for (reps, periods), found in sorted(by_team.items())
    ]  # fmt: skip


def calibration_table(rows: Sequence[CalibrationRow], reps: int, periods: int) -> list[dict[str, str]]:
    """The table of the page, teams like yours first: links found, useless KPIs kept, levers dropped, coverage.

    No team is like one rep, or one period, which were not simulated.
    """
    yours = most_similar_team(reps, periods, LINK, tuple(rows)) if min(reps, periods) > 1 else None
    sizes = {(row.reps, row.periods): row for row in rows if not row.note and row.link == LINK}
    found = {entry["Team"]: entry for entry in power_table(rows)}
    teams = sorted(sizes, key=lambda size: (yours is None or size != (yours.reps, yours.periods), size))
    return [_page_row(sizes[size], found[f"{size[0]} × {size[1]}"], sizes[size] == yours) for size in teams]


def _page_row(row: CalibrationRow, found: dict[str, str], yours: bool) -> dict[str, str]:
    links = {f"ρ {size}": found[f"ρ {size}"] for size in ("0.2", "0.3", "0.5") if f"ρ {size}" in found}
    return {
        "Team": f"{row.reps} × {row.periods}" + (" ←" if yours else ""),
        **links,
        "Useless kept": percent(max(row.false_keep.values())),
        "Real dropped": percent(row.lever_dropped),
        "Intervals": percent(interval_coverage(row)),
    }


def interval_coverage(row: CalibrationRow) -> float:
    """Share of all the team's 95% intervals that held the truth."""
    return sum(row.coverage[name] * n for name, n in row.intervals.items()) / sum(row.intervals.values())


def pooled_coverage_rows(rows: Iterable[CalibrationRow]) -> list[list[str]]:
    """Each interval over all teams of ``WIDE`` reps and more: share that held the truth, extremes, how many."""
    wide = [row for row in rows if row.reps >= WIDE]
    names = dict.fromkeys(name for row in wide for name in row.coverage)
    return [_pooled(name, [row for row in wide if name in row.coverage]) for name in names]


def _pooled(name: str, rows: Sequence[CalibrationRow]) -> list[str]:
    n = sum(row.intervals[name] for row in rows)
    share = sum(row.coverage[name] * row.intervals[name] for row in rows) / n
    shares = sorted(row.coverage[name] for row in rows)
    said = INTERVALS.get(name, name.replace("lag", "delay"))
    return [said, f"{share:.3f}", f"{shares[0]:.3f}", f"{shares[-1]:.3f}", f"{n:,}"]


def _markdown(rows: Sequence[dict[str, str]]) -> list[str]:
    return _table(list(rows[0]), [list(row.values()) for row in rows])


def _verdicts(row: CalibrationRow) -> list[str]:
    names = ("keep", "watch", "drop", "not enough data")
    cells = [[KINDS[kind], *(percent(said.get(name, 0)) for name in names)] for kind, said in row.verdicts.items()]
    return [f"{_team(row)}, link {row.link:g}:", "", *_table(["KPI", *names], cells), ""]


def _coverage(rows: Sequence[CalibrationRow]) -> list[str]:
    names = [name for name in INTERVALS if any(name in row.coverage for row in rows)]
    lags = sorted({name for row in rows for name in row.coverage if name.startswith("lag ")}, key=lambda s: int(s[4:]))
    head = ["team", *(INTERVALS[name] for name in names), *(f"delay {lag[4:]}" for lag in lags)]
    cells = [[_team(r), *(f"{r.coverage[n]:.3f}" if n in r.coverage else "" for n in (*names, *lags))] for r in rows]
    return _table(head, cells)


def _team(row: CalibrationRow) -> str:
    return f"{row.reps} × {row.periods}" + (f", {row.note}" if row.note else "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows)]
