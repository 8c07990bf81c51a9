"""The KPIs of a design with a weight or with values, and the design without weights."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from workbench.design.model import Design, Kpi


def weighted_kpis(design: Design) -> list[str]:
    """List the top KPIs that a weight can be asked for: measurable, with a weight above 0; all measurable if none has.

    A card without a formula has no values, so no answer about it can be compared with history.
    """
    measurable = [kpi for kpi in design.kpis if is_measurable(kpi)]
    return [kpi.name for kpi in measurable if kpi.weight > 0] or [kpi.name for kpi in measurable]


def is_measurable(kpi: Kpi) -> bool:
    """Whether a KPI, or a part of it, has a formula; a card without one has no values yet."""
    return any(leaf.formula is not None for leaf in kpi.leaves())


def choose_weighted(design: Design, on: Collection[str]) -> Design:
    """Return the design with a weight for exactly these KPIs: 1 for one that had none."""
    kpis = [kpi.model_copy(update={"weight": (kpi.weight or 1.0) if kpi.name in on else 0.0}) for kpi in design.kpis]
    return design.model_copy(update={"kpis": tuple(kpis)})


def unweighted(design: Design) -> Design:
    """Remove from a design what does not change points, so that equal results have equal points."""
    texts = dict.fromkeys(("note", "trial", "owner", "necessary"))
    kpis = tuple(kpi.model_copy(update={**texts, "weight": 1.0}) for kpi in design.kpis)
    return design.model_copy(
        update={"name": "points", "note": None, "weights_from": None, "weights_before": (), "kpis": kpis}
    )


def baseline_weights(design: Design, baselines: Iterable[Design | None]) -> tuple[float, ...]:
    """Return the weights that the first fitting baseline gives the KPIs of a design, in its order.

    A baseline fits if every KPI to which it gives weight is measured in the same way here; KPIs that it does not have
    get 0. Without one that fits, the design's own weights.
    """
    here = dict(_measured(design))
    for other in baselines:
        if other is None or not other.total_weight:
            continue
        weights = {kpi.name: kpi.weight for kpi in other.kpis if kpi.weight > 0}
        if all(here.get(name) == kpi for name, kpi in _measured(other) if name in weights):
            return tuple(weights.get(kpi.name, 0.0) for kpi in design.kpis)
    return tuple(kpi.weight for kpi in design.kpis)


def _measured(design: Design) -> list[tuple[str, tuple[object, ...]]]:
    """Each top KPI by name, with what its points hang on."""
    return [(kpi.name, (kpi.formula, kpi.kpis, kpi.target, kpi.direction, kpi.anchors)) for kpi in design.kpis]
