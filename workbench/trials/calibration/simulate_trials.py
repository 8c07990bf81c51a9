"""Judge drawn trials as a team's own, and count what is claimed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from workbench.trials.calibration.trial_worlds import OTHER_MEASURES, DrawnTrial, TrialWorld, TrialWorldKind, draw_trial
from workbench.trials.compare_units import NO_ESTIMATE, JudgedClaim, judge_claim
from workbench.trials.evaluate_trial import SMALLEST_SHARE, evaluate_trial, trials_at_once
from workbench.trials.judge_staggered import judge_starts
from workbench.trials.permutation import SAMPLED
from workbench.trials.same_data import with_looks_carried
from workbench.trials.trial_data import TrialData
from workbench.trials.trial_file import TrialFile
from workbench.trials.trial_finding import TrialEstimate, TrialVerdict
from workbench.trials.trial_sides import TrialSides, trial_sides

SIMULATED = 499
"""Permutations of a simulated trial."""
FINE: tuple[TrialWorldKind, ...] = ("looked at in other ways", "no last day", "one after the other, no last day")
"""Kinds whose bounds lie below the smallest p of 499 draws, so that these can never claim what the product can."""
WHOLE: tuple[TrialWorldKind, ...] = ("everybody, 36 months", "one office with shocks")
"""Kinds that go through the whole evaluation, since they are no plain comparison."""

WATCHED: tuple[TrialWorldKind, ...] = (
    "watched monthly", "one after the other, watched monthly", "one after the other, no last day", "no last day",
)  # fmt: skip
"""Kinds that are looked at every month until something is claimed."""


@dataclass
class TrialTally:
    """Counts over the histories of one world.

    Attributes
    ----------
    better, worse : verdicts that claim an effect. weak : weak evidence with p ≤ .05. moved : may only have moved.
    plain : the adjusted estimate alone has p ≤ .05. held, intervals : claimed ranges that hold the truth, and how many.
    verdicts : by verdict.
    """

    world: TrialWorld
    histories: int = 0
    better: int = 0
    worse: int = 0
    weak: int = 0
    plain: int = 0
    held: int = 0
    intervals: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)


def simulate_trials(world: TrialWorld, histories: int, seed: int | tuple[int, ...]) -> TrialTally:
    """Draw and judge histories of a world; the same seed gives the same counts."""
    tally = TrialTally(world)
    for dice in np.random.default_rng(seed).spawn(histories):
        drawn = draw_trial(world, dice)
        verdict, claim, first = _judged(drawn, world)
        tally.histories += 1
        tally.better += verdict == "helps"
        tally.worse += verdict == "harms"
        tally.weak += verdict == "weak" and claim.excludes_none
        tally.plain += bool(first is not None and first.p <= 0.05)
        tally.verdicts[verdict] += 1
        if np.isfinite([claim.low, claim.high]).all():
            tally.intervals += 1
            tally.held += bool(claim.low <= drawn.truth <= claim.high)
    return tally


def _judged(drawn: DrawnTrial, world: TrialWorld) -> tuple[TrialVerdict, TrialEstimate, TrialEstimate | None]:
    if world.kind in WHOLE:
        found = evaluate_trial(drawn.panel, drawn.file, others=drawn.others)
        return found.verdict, found.claim, found.estimates[0] if found.estimates else None
    sampled = SAMPLED if world.kind in FINE else SIMULATED
    if world.kind in WATCHED:
        return _watched(drawn, sampled)
    if world.kind == "looked at in other ways":
        return _until_it_looks_good(drawn, sampled)
    judged = _claim(trial_sides(drawn.panel, drawn.file), drawn, sampled)
    return judged.verdict, judged.claim, judged.estimates[0] if judged.estimates else None


def other_ways(file: TrialFile) -> Iterator[TrialFile]:
    """Yield the cards that somebody may try at the same data: other first days, histories and measures."""
    for months in (-1, 1, -2, 2, 3):
        start = (pd.Timestamp(file.start) + pd.DateOffset(months=months)).date()
        yield file.model_copy(update={"start": start})
    for before in (3, 12):
        yield file.model_copy(update={"before": before})
    for measure in OTHER_MEASURES:
        yield file.model_copy(update={"measure": measure})


def _until_it_looks_good(drawn: DrawnTrial, sampled: int) -> tuple[TrialVerdict, TrialEstimate, TrialEstimate | None]:
    """Save duplicates of the card until one claims something; no range, since that of a card so picked is selected.

    The estimate alone is the best of all cards: what would be claimed if nobody counted them.
    """
    last = pd.Timestamp(drawn.panel.frame["period"].max()) + pd.offsets.MonthEnd(0)
    kept: list[TrialFile] = []
    found: list[JudgedClaim] = []
    for card in (drawn.file, *other_ways(drawn.file)):
        kept.append(with_looks_carried(card, None, kept, drawn.panel, last.date()))
        found.append(_claim(trial_sides(drawn.panel, kept[-1]), drawn, sampled))
    claims = [each.verdict for each in found if each.verdict in ("helps", "harms")]
    best = min((each.estimates[0] for each in found if each.estimates), key=lambda one: one.p, default=None)
    return next(iter(claims), found[0].verdict), NO_ESTIMATE, best


def _claim(sides: TrialSides, drawn: DrawnTrial, sampled: int) -> JudgedClaim:
    data = TrialData(drawn.panel, sides, None, bool(trials_at_once(drawn.panel, sides, drawn.others)))
    level = abs(float(sides.units.before[sides.units.treated].mean())) if sides.units.treated.any() else np.nan
    judge = judge_starts if sides.file.starts else judge_claim
    return judge(data, SMALLEST_SHARE * level, sampled)


def _watched(drawn: DrawnTrial, sampled: int) -> tuple[TrialVerdict, TrialEstimate, TrialEstimate | None]:
    """Look every month, and stop at the first claim, as an impatient leader would."""
    periods = np.sort(drawn.panel.frame["period"].unique())
    for until in periods[periods >= np.datetime64(drawn.file.start)]:
        frame = drawn.panel.frame[drawn.panel.frame["period"] <= until].reset_index(drop=True)
        judged = _claim(trial_sides(replace(drawn.panel, frame=frame), drawn.file), drawn, sampled)
        if judged.verdict in ("helps", "harms"):
            break
    return judged.verdict, judged.claim, judged.estimates[0] if judged.estimates else None
