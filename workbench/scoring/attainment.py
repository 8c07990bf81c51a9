"""Values in percent of their targets, where targets differ between reps or periods."""

from __future__ import annotations

import numpy as np

from workbench.scoring.targets import TargetHistory


def attainment_percent(found: TargetHistory) -> np.ndarray:
    """Return 100 × value ÷ target of every rep-period with a value and a target above 0; the others are left out."""
    usable = found.frame["target"] > 0
    return (100 * found.frame["value"] / found.frame["target"])[usable].dropna().to_numpy()
