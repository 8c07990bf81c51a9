"""The data of a trial by rep: who has enough before and after, and who is left out for which reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.data.model.panel import REP, Panel
from workbench.trials.trial_file import TrialFile
from workbench.trials.trial_finding import LeftOutReason, LeftOutRep
from workbench.trials.trial_groups import TrialGroups, trial_groups
from workbench.trials.trial_scale import TrialScale, trial_scale
from workbench.trials.unit_means import UnitMeans, unit_means
from workbench.trials.window_values import WindowMeasure, measure_over_windows

NEVER_ACTIVE_AFTER = 6  # periods of history without any, from which on the measure is not this rep's work

RAMP_MONTHS = 3
"""Since joining, in which a rep's figures rise whatever is tried."""


@dataclass(frozen=True, eq=False)
class TrialSides:
    """A trial's measure on its reps.

    Attributes
    ----------
    before, after : (R,) means of the windows; NaN for reps who are left out on that side.
    units : means by unit of the reps that have both; where the trial has no period yet, ``after`` repeats ``before``.
    """

    file: TrialFile
    scale: TrialScale
    groups: TrialGroups
    measure: WindowMeasure
    before: np.ndarray
    after: np.ndarray
    units: UnitMeans
    left_out: tuple[LeftOutRep, ...]

    @property
    def used(self) -> np.ndarray:
        """(R,) bool, reps that the estimate rests on."""
        return self.units.reps

    @property
    def begun(self) -> bool:
        """Whether the data hold a whole period of the trial."""
        return bool(self.scale.after.any())

    def units_of(self, measure: WindowMeasure, before: np.ndarray, after: np.ndarray) -> UnitMeans:
        """Return unit means of any measure over any two windows, among the reps of the estimate."""
        windows = [np.where(self.used, measure.over(window), np.nan) for window in (before, after)]
        return unit_means(self.groups, *windows)


def trial_sides(panel: Panel, file: TrialFile) -> TrialSides:
    """Lay a checked trial over a panel.

    A rep needs a value in half of the periods before, and in one after the start. A rep who never had any of the
    measure in six periods or more, though others have, does other work and is left out, unless none is best; so is who
    joined less than three months before the start.
    """
    scale, groups = trial_scale(panel, file), trial_groups(panel, file)
    measure = measure_over_windows(file.measure, scale, groups.reps)
    before, after = measure.over(scale.before), measure.over(scale.after)
    enough = (measure.known & scale.before).sum(axis=1) >= max(scale.before.sum() / 2, 1)
    reasons: dict[LeftOutReason, np.ndarray] = {
        "no_unit": groups.units == "",
        "on_ramp": _on_ramp(panel, file, scale, groups, measure),
        "never_active": _never_active(measure, scale, before) & (file.direction == "higher"),
        "no_before": ~np.isfinite(before) | ~enough,
        "no_after": ~np.isfinite(after) & bool(scale.after.any()),
    }
    out, left = np.zeros(len(groups.reps), dtype=bool), []
    for reason, those in reasons.items():
        left += [LeftOutRep(str(groups.reps[i]), bool(groups.treated[i]), reason) for i in np.flatnonzero(those & ~out)]
        out |= those
    left += [LeftOutRep(rep, treated, "no_rows") for rep, treated in groups.absent]
    before = np.where(out, np.nan, before)
    units = unit_means(groups, before, after if scale.after.any() else before)
    return TrialSides(file, scale, groups, measure, before, after, units, tuple(left))


def _on_ramp(
    panel: Panel, file: TrialFile, scale: TrialScale, groups: TrialGroups, measure: WindowMeasure
) -> np.ndarray:
    """(R,) bool. Who joined shortly before the start gets better anyway; with the first period all may have joined."""
    start = pd.Timestamp(file.start)
    joined = panel.reps.drop_duplicates(REP).set_index(REP)["start"].reindex(groups.reps).to_numpy("datetime64[D]")
    seen = measure.present.any(axis=1)
    first = np.where(seen, measure.present.argmax(axis=1), 0)
    since = np.where(np.isnat(joined), scale.periods[first], joined)
    late = since > (start - pd.DateOffset(months=RAMP_MONTHS)).to_datetime64().astype("datetime64[D]")
    return late & seen & (since > scale.periods[0]) & (since < np.datetime64(file.start))


def _never_active(measure: WindowMeasure, scale: TrialScale, before: np.ndarray) -> np.ndarray:
    """(R,) bool. Only the time before the start decides, so that the change itself cannot choose its reps."""
    past = measure.over(scale.history)
    n = (measure.known & scale.history).sum(axis=1)
    known = past[np.isfinite(past)]
    some = len(known) > 0 and float(np.mean(known != 0)) > 0.5
    return (past == 0) & (n >= NEVER_ACTIVE_AFTER) & np.isfinite(before) & some
