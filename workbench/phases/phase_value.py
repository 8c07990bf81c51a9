"""What one success of the last phase has led to."""

from __future__ import annotations

import pandas as pd

from workbench.data.model.dataset import ADDITIVE
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.phases.phase_findings import PhaseFindings


def value_per_success(panel: Panel, measure: str, found: PhaseFindings) -> float | None:
    """Return the sum of a measure over the successes of the last phase, of the same reps in the same months.

    None where the measure does not add up, or nothing succeeded.
    """
    wins = float(found.phases[-1].hits.sum())
    if measure not in panel.measure_names or panel.info(measure).aggregate not in ADDITIVE or not wins:
        return None
    first, last = pd.Timestamp(found.cube.months[0]), pd.Timestamp(found.cube.months[-1]) + pd.offsets.MonthBegin(1)
    rows = panel.frame[panel.frame[REP].isin(found.cube.reps)]
    rows = rows[(rows[PERIOD] >= first) & (rows[PERIOD] < last)]
    return float(rows[measure].sum() / wins)
