"""Trials that look at the same data: who looks once more, in another way, must be surer, and keeps the first plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from workbench.data.model.panel import Panel
from workbench.errors import InputError, Where
from workbench.trials.check_trial import people_named
from workbench.trials.permutation import LEVEL, SAMPLED
from workbench.trials.trial_file import MOST_TRIES, TrialFile, Who
from workbench.trials.trial_state import with_plan_kept

SHARED = 0.5
"""Share of the reps of the smaller trial who change in both, from which both look at the same people."""
RETRIED = 0.2
"""Share of the 5 % that all looks after the first may use together: half of it the second, half of the rest each."""


def same_people(one: TrialFile, other: TrialFile, panel: Panel) -> bool:
    """Return whether the same reps change in two trials."""
    mine, theirs = (_people(each.treated, panel) for each in (one, other))
    return mine is not None and mine == theirs


def looks_at_same_data(one: TrialFile, other: TrialFile, panel: Panel) -> bool:
    """Return whether two trials judge mostly the same reps in the same time, or the same change from another day on.

    The measure does not matter: who looks at a second one after the first showed nothing looks once more. Nor do the
    others of the larger trial: a few who did well, picked from those who changed, are one more look. A change of
    everybody has nobody to compare with, so that it tells nothing of one group against another.
    """
    mine, theirs = (_people(each.treated, panel) for each in (one, other))
    if not mine or not theirs:
        return False
    everybody = len(panel.reps)
    if (len(mine) == everybody) != (len(theirs) == everybody):
        return False
    if len(mine & theirs) < SHARED * min(len(mine), len(theirs)):
        return False
    return run_at_once(one, other) or one.change.strip() == other.change.strip()


def run_at_once(one: TrialFile, other: TrialFile) -> bool:
    """Return whether any day belongs to both trials."""
    return (one.end is None or one.end >= other.start) and (other.end is None or other.end >= one.start)


def judged_alike(file: TrialFile, other: TrialFile, panel: Panel) -> bool:
    """Return whether a trial gives the answer of another one: same people, measure, start, history and unit.

    Another end is a look at the same plan. A card that no longer says that lots were drawn claims less, never more.
    """
    same = all(_judged(file, panel)[field] == value for field, value in _judged(other, panel).items())
    return same and (other.drawn or not file.drawn)


def with_looks_carried(
    file: TrialFile, before: TrialFile | None, others: Sequence[TrialFile], panel: Panel, last_day: dt.date
) -> TrialFile:
    """Return a trial about to be kept that remembers what was planned before its data were seen, and by which looks.

    Whoever saves a duplicate of a trial that runs, with another end or with fewer looks, has seen its data: what was
    declared first counts, also where the first trial was removed. With another start, measure or history it is one
    more look at these data (``tries``). What begins after the data is a new plan, which nobody has seen results of.

    Parameters
    ----------
    before : the trial as it was kept; None for a new one. others : the other trials as they are, removed ones too,
        then every earlier version of all. last_day : the last day that the data cover.
    """
    if file.start > last_day:
        return with_plan_kept(file, before, last_day).model_copy(update={"tries": 1})
    known = [each for each in (*([before] if before else []), *others) if each.start <= last_day]
    alike = [each for each in known if judged_alike(file, each, panel)]
    seen = [each for each in known if looks_at_same_data(file, each, panel)]
    first = before
    if before is None or (before.start <= last_day and before not in alike):
        same_change = [each for each in seen if each.change.strip() == file.change.strip()]
        still_open = (each for each in same_change if each.plan is None or each.plan > last_day)
        first = next(iter(alike), next(still_open, before))
    again = max([file.tries, *(each.tries + 1 for each in seen)]) if seen else file.tries
    tries = min((each.tries for each in alike), default=again)
    return with_plan_kept(file, first, last_day).model_copy(update={"tries": min(tries, MOST_TRIES)})


def times_surer(tries: int) -> float:
    """Return how many times less likely by chance an effect must be at a look at data that were looked at before.

    The first look has the whole 5 %. All later ones together have a fifth of that, however many there are, so that
    whoever looks until something shows claims an effect that is not there in at most 6 % of trials.
    """
    return 1.0 if tries <= 1 else 2.0 ** (tries - 1) / RETRIED


def level_at(tries: int) -> float:
    """Return the probability of a false claim that a look at the same data may use."""
    return LEVEL / times_surer(tries)


def can_still_claim(tries: int) -> bool:
    """Return whether a look at the same data may claim an effect: its level is no smaller than the smallest p."""
    return level_at(tries) * (SAMPLED + 1) >= 1


def _judged(file: TrialFile, panel: Panel) -> dict[str, Any]:
    return {
        "measure": file.measure.strip(), "treated": _people(file.treated, panel), "start": file.start,
        "comparison": file.comparison if file.comparison is None else _people(file.comparison, panel),
        "starts": file.starts, "before": file.before, "unit": file.unit, "kind": file.kind,
    }  # fmt: skip


def _people(who: Who, panel: Panel) -> frozenset[str] | None:
    try:
        return frozenset(people_named(who, panel, Where(path=("treated",))))
    except InputError:
        return None
