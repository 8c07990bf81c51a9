"""What is said of a rate: after how many attempts differences between reps are real."""

from __future__ import annotations

import math

from workbench.evidence.jackknife import Estimate


def half_real_sentence(found: Estimate | None, kpi: str) -> str:
    """``Half of the differences in Win rate are real after about 304 attempts (likely 272 to 339).``

    Empty for a KPI that is no rate, or where reps do not differ beyond chance.
    """
    if found is None or not math.isfinite(found.value):
        return ""
    least = f"{max(found.low, 1):,.0f}"
    likely = f"likely {least} to {found.high:,.0f}" if math.isfinite(found.high) else f"at least {least}"
    return f"Half of the differences in {kpi} are real after about {max(found.value, 1):,.0f} attempts ({likely})."
