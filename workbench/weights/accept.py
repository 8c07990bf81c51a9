"""Accept weights into a design, with their origin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from workbench.design.edits import set_weights
from workbench.design.model import Design, Way, WeightsFrom
from workbench.design.weighted_kpis import weighted_kpis
from workbench.weights.swing import rank_order_centroid

WAYS: tuple[Way, ...] = get_args(Way)
SAME = 1e-6
MOST_KEPT = 30  # earlier weights that a design remembers


def accept_weights(design: Design, weights: Mapping[str, float], way: Way, note: str | None = None) -> Design:
    """Set new weights of top KPIs and record their origin after the earlier ones; KPIs not named keep their weights.

    The same weights of the same origin once more are no change: the design comes back as it was.
    Raises pydantic's ValidationError for a weight below 0 or an unknown way.
    """
    changed = set_weights(design, dict(weights))
    kept = tuple((kpi.name, kpi.weight) for kpi in changed.kpis)
    origin = WeightsFrom(way=way, weights=kept, note=note)
    if changed == design and origin == design.weights_from:  # a second press of the same button
        return design
    earlier = (*design.weights_before, *filter(None, [design.weights_from]))[-MOST_KEPT:]
    return changed.model_copy(update={"weights_from": origin, "weights_before": earlier})


def weights_origin(design: Design) -> WeightsFrom | None:
    """Return the origin of the current weights; None if a KPI or a share was changed since."""
    source = design.weights_from
    if source is None:
        return None
    total = sum(weight for _, weight in source.weights)
    then = {name: weight / total if total else 0.0 for name, weight in source.weights}
    now = design.shares()
    return source if now.keys() == then.keys() and all(abs(now[k] - then[k]) <= SAME for k in now) else None


def equal_weights(design: Design) -> Design:
    """The design with the same weight for every KPI that is on."""
    return set_weights(design, weight_presets(design)["equal"])


def weight_presets(design: Design) -> dict[str, dict[str, float]]:
    """Return preset weights by name, each adding up to 100, over the KPIs that are on (all, if none is).

    *Equal*; *first counts most*, the rank-order centroid of the KPIs' order in the design. KPIs without a formula get
    nothing beside others.
    """
    names = weighted_kpis(design) or [kpi.name for kpi in design.kpis]
    off = {kpi.name: 0.0 for kpi in design.kpis}
    if not names:
        return {}
    equal = off | dict.fromkeys(names, 100 / len(names))
    return {"equal": equal, "first counts most": off | rank_order_centroid(names)}
