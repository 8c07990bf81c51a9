"""How reliable a trial's answer is, in sentences about simulated trials like the one on the page."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.trials.calibration.trial_table import MOST_FALSE_CLAIMS, NEVER_CLAIMED, TrialBound, TrialCalibrationRow
from workbench.trials.calibration.trial_worlds import TrialWorldKind
from workbench.trials.trial_finding import TrialFinding
from workbench.words.lists import list_names
from workbench.words.numbers import NONE, percent
from workbench.words.panels import day_words

HOW_OFTEN_RIGHT = "How often is such an answer right?"
PICTURE = "This trial is a picture, which claims nothing. Longer histories allow a claim."
ALL_SIMULATED = "All simulated trials"
TRIAL_WORLDS: dict[TrialWorldKind, str] = {
    "drawn": "drawn by lot",
    "on results": "the weakest months picked",
    "on ability": "abler reps picked",
    "biggest": "the biggest reps picked",
    "offices with shocks": "4 of 8 offices, each with good and bad times",
    "one office with shocks": "1 of 4 offices",
    "fewer workdays": "those who changed work 15% fewer days",
    "leavers": "weak reps leave both groups",
    "leavers of one group": "weak reps leave one group",
    "shared pool": "one pool of leads",
    "comparison copies": "colleagues copy half of the change",
    "overlapping trial": "another trial at the same time",
    "price change": "prices rise 25% at the start, abler reps picked",
    "novelty fades": "the effect lasts for half of the trial",
    "long memory": "good and bad spells of months",
    "rare and heavy-tailed": "rare sales of very different size",
    "mix reverses sign": "the best leave and newcomers join",
    "one after the other": "starts in three waves, drawn by lot",
    "one after the other, watched monthly": "three waves, stopped at the first claim of a month",
    "one after the other, long memory": "three waves, good and bad spells of months",
    "one after the other, no last day": "three waves without a last day, looked at every month",
    "no last day": "no last day, looked at every month",
    "looked at in other ways": "nine more cards at the same data, until one claims something",
    "watched monthly": "watched every month, stopped at the first claim",
    "everybody, 36 months": "everybody at once after 36 months",
}
TRIAL_BOUNDS: dict[TrialBound, str] = {
    "false_claims": f"false claims in more than {percent(MOST_FALSE_CLAIMS)}",
    "coverage": "likely ranges that miss the true effect too often",
}
TRIAL_CALIBRATION_COLUMNS = (
    "Trial", "Changed", "False claims", "One estimate alone", "Effect found", "Range holds", "Trials", "Missed",
)  # fmt: skip
PICKED_BY_RESULT: TrialWorldKind = "looked at in other ways"
"""Trials whose range was picked by what it shows, so that the ranges of other trials promise nothing for it."""
WHAT_IS_SEEN: dict[TrialWorldKind, str] = {
    "comparison copies": "Name what the change is to move, and the page says when colleagues moved too.",
}


def trial_calibration_sentences(rows: Sequence[TrialCalibrationRow], own: TrialWorldKind | None) -> list[str]:
    """What simulated trials like this one show; rows as ``trials_like_yours`` returns them.

    Parameters
    ----------
    own : the kind that is most like this trial, None where a trial gives a picture only.
    """
    claiming = [row for row in rows if row.kind not in NEVER_CLAIMED]
    worst = max(claiming, key=lambda row: row.false_claims)
    n = sum(row.histories for row in claiming)
    return [
        f"In {n:,} simulated trials without an effect, {percent(_pooled_false(claiming))} claimed one.",
        (
            f"The worst kind claimed one in {percent(worst.false_claims)}: {TRIAL_WORLDS[worst.kind]}."
            if len(claiming) > 1
            else f"All were of one kind: {TRIAL_WORLDS[worst.kind]}."
        ),
        *(_found_in_trials(row) for row in rows if row.kind == own),
        *([] if own == PICKED_BY_RESULT else _range_of_trials(rows)),
        *missed_trial_sentences(rows),
    ]


def _found_in_trials(row: TrialCalibrationRow) -> str:
    size = f"{row.treated} of {row.reps} reps"
    return f"With {size} and 6 months, an effect of {percent(row.effect)} was found in {percent(row.found)} of trials."


def kind_like(found: TrialFinding) -> TrialWorldKind | None:
    """Return the simulated kind that is most like a trial; None where none was, or it gives a picture."""
    if found.verdict in ("picture", "not_enough"):
        return None
    ahead = found.running or found.file.ended_early
    watched = ahead and found.file.looks > 1
    if found.kind in ("staggered", "no_comparison") and found.file.tries > 1:
        return None
    if found.kind == "staggered":
        if found.file.plan is None:
            return "one after the other, no last day"
        return "one after the other, watched monthly" if watched else "one after the other"
    if found.kind == "no_comparison":
        return "everybody, 36 months"
    if found.file.tries > 1:
        return PICKED_BY_RESULT
    if found.file.plan is None:
        return "no last day"
    if watched:
        return "watched monthly"
    if found.file.drawn and len(found.estimates) < 2:
        return "drawn"
    return "on results" if found.file.assignment == "chosen_on" else "on ability"


def rows_about(found: TrialFinding, rows: Sequence[TrialCalibrationRow]) -> list[TrialCalibrationRow]:
    """Keep the simulated trials that can be like this one: with nobody to compare, those of everybody at once."""
    if found.kind == "no_comparison":
        return [row for row in rows if row.kind == "everybody, 36 months"]
    if found.kind == "staggered":
        return list(rows)
    drawn = () if found.file.drawn else ("drawn",)
    waves = (kind for kind in TRIAL_WORLDS if kind.startswith("one after the other"))
    apart = ("everybody, 36 months", *waves, *drawn)
    return [row for row in rows if row.kind not in apart]


def _pooled_false(rows: Sequence[TrialCalibrationRow]) -> float:
    return sum(row.false_claims * row.histories for row in rows) / max(sum(row.histories for row in rows), 1)


def _range_of_trials(rows: Sequence[TrialCalibrationRow]) -> list[str]:
    held = [(row.coverage, row.n_ranges) for row in rows if row.coverage is not None and not row.missed]
    n = sum(of for _, of in held)
    return (
        [f"Likely ranges, meant for 95%, held the true effect in {percent(sum(c * of for c, of in held) / n)}."]
        if n
        else []
    )


def missed_trial_sentences(rows: Sequence[TrialCalibrationRow]) -> list[str]:
    """Where this does not hold: one sentence per kind of trial that misses a promise, and what to do about it."""
    said = []
    for row in rows:
        if row.missed:
            why = list_names([TRIAL_BOUNDS[each] for each in row.missed])
            said.append(" ".join(filter(None, (f"Not reliable for one kind of trial, {TRIAL_WORLDS[row.kind]}: {why}.",
                                               WHAT_IS_SEEN.get(row.kind, "")))))  # fmt: skip
    return said


def trial_calibration_cells(row: TrialCalibrationRow) -> tuple[str, ...]:
    """One row of the table, under ``TRIAL_CALIBRATION_COLUMNS``."""
    return (
        TRIAL_WORLDS[row.kind], f"{row.treated} of {row.reps}", _exact_share(row.false_claims), _exact_share(row.alone),
        percent(row.found), NONE if row.coverage is None else _exact_share(row.coverage),
        f"{row.histories + row.with_effect:,}", list_names([TRIAL_BOUNDS[each] for each in row.missed]),
    )  # fmt: skip


def _exact_share(share: float) -> str:
    return f"{100 * share:.1f}%"


def trial_calibration_method(rows: Sequence[TrialCalibrationRow]) -> str:
    """How the table was made."""
    without, planted = (max(getattr(row, name) for row in rows) for name in ("histories", "with_effect"))
    kinds = len({row.kind for row in rows})
    return (
        f"{kinds} kinds of trials with a known effect were drawn, {without} without and {planted} with an effect of "
        f"{percent(rows[0].effect)} each, and judged as yours. Promised: a false claim in at most "
        f"{percent(MOST_FALSE_CLAIMS)}; 95% ranges that hold the truth in at least 93%. "
        f"{_made_on(rows)}`python -m workbench calibrate-trials` makes the table anew."
    )


def _made_on(rows: Sequence[TrialCalibrationRow]) -> str:
    """``Simulated on 1 December 2026.``, or from the first day to the last; empty where no day is known."""
    days = sorted({row.made for row in rows if row.made})
    if not days:
        return ""
    since = f"{day_words(days[0])} to " if len(days) > 1 else ""
    return f"Simulated {'from' if since else 'on'} {since}{day_words(days[-1])}. "
