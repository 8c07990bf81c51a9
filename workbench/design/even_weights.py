"""Even weights that total 100, kept even while KPIs come in."""

from __future__ import annotations

from workbench.design.edits import set_weights
from workbench.design.model import Design

TOTAL = 100


def even_weights(n: int) -> tuple[int, ...]:
    """Whole weights that total 100 and differ by one at most, the larger ones first; empty for no KPI."""
    return tuple(TOTAL // n + (k < TOTAL % n) for k in range(n))


def keep_even(before: Design, after: Design) -> Design:
    """Return ``after`` with even weights, if those of ``before`` were even, or there were none.

    Whoever has set one weight by hand keeps all of them as they are. A KPI at 0 stays off.
    """
    on = [kpi.name for kpi in after.kpis if kpi.weight > 0]
    is_even = tuple(sorted(_weights(before), reverse=True)) == even_weights(len(_weights(before)))
    if not on or not is_even or len(on) > TOTAL or len(on) == len(_weights(before)):
        return after
    return set_weights(after, dict(zip(on, map(float, even_weights(len(on))), strict=True)))


def _weights(design: Design) -> list[float]:
    return [kpi.weight for kpi in design.kpis if kpi.weight > 0]
