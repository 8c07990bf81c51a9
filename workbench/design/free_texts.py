"""Change the texts of a design that people wrote, such as to take names out of them."""

from __future__ import annotations

from collections.abc import Callable

from workbench.design.decisions import Decision, Pivot, Withdrawal
from workbench.design.model import Design, Kpi, WeightsFrom

ChangeText = Callable[[str], str]


def change_free_texts(design: Design, change: ChangeText) -> Design:
    """Return the design with ``change`` applied to every text that people wrote.

    These are names, labels, reasons, owners, notes and trials. Formulas and measures stay, and so does what is empty.
    """
    goal = design.goal
    return design.model_copy(update={
        "name": change(design.name),
        "note": _changed(design.note, change),
        "goal": goal and goal.model_copy(update={"label": _changed(goal.label, change)}),
        "kpis": tuple(_kpi(kpi, change) for kpi in design.kpis),
        "weights_from": design.weights_from and _weights(design.weights_from, change),
        "weights_before": tuple(_weights(each, change) for each in design.weights_before),
    })  # fmt: skip


def only_rules(design: Design) -> Design:
    """Return what decides the scores, such as to compare it: weights are shares, to 12 decimals, KPIs by name.

    Where any has a weight, those without are left out. Without name, labels, units, reasons,
    owners, notes, colours, trials and origins.
    """
    goal = design.goal and design.goal.model_copy(update=dict.fromkeys(("label", "unit", "percentile")))
    return Design(name="rules", goal=goal, kpis=_bare(design.kpis), scoring=design.scoring)


def _bare(kpis: tuple[Kpi, ...]) -> tuple[Kpi, ...]:
    total = sum(kpi.weight for kpi in kpis)
    counted = [kpi for kpi in kpis if kpi.weight or not total]
    texts = dict.fromkeys(("owner", "necessary", "note", "trial", "colour", "drives", "edge", "role", "minutes_each",
                           "unit", "percentile"))  # fmt: skip
    return tuple(
        kpi.model_copy(update={**texts, "weight": round(kpi.weight / total, 12) if total else 0.0,
                               "kpis": _bare(kpi.kpis)})
        for kpi in sorted(counted, key=lambda kpi: kpi.name)
    )  # fmt: skip


def change_decision_texts(decision: Decision, change: ChangeText) -> Decision:
    """Return a decision with ``change`` applied to every text that people wrote, those of its design included."""
    return decision.model_copy(update={
        "by": change(decision.by), "why": change(decision.why), "expects": change(decision.expects),
        "chosen": change_free_texts(decision.chosen, change),
        "dissent": tuple(each.model_copy(update={"who": change(each.who), "says": change(each.says)})
                         for each in decision.dissent),
        "considered": tuple(each.model_copy(update={"name": change(each.name)}) for each in decision.considered),
    })  # fmt: skip


def change_pivot_texts(pivot: Pivot, change: ChangeText) -> Pivot:
    """The same with a pivot."""
    return pivot.model_copy(update={
        "by": change(pivot.by), "why": change(pivot.why), "expects": change(pivot.expects),
        "kpi": _kpi(pivot.kpi, change),
        "goal": pivot.goal.model_copy(update={"label": _changed(pivot.goal.label, change)}),
    })  # fmt: skip


def change_withdrawal_texts(found: Withdrawal, change: ChangeText) -> Withdrawal:
    """The same with a withdrawal."""
    return found.model_copy(update={"by": change(found.by), "why": change(found.why)})


def _kpi(kpi: Kpi, change: ChangeText) -> Kpi:
    fields = ("owner", "necessary", "note", "drives")
    texts = {field: _changed(getattr(kpi, field), change) for field in fields}
    trial = kpi.trial and kpi.trial.model_copy(
        update={field: change(getattr(kpi.trial, field)) for field in ("what", "who", "expect")}
    )
    parts = tuple(_kpi(part, change) for part in kpi.kpis)
    return kpi.model_copy(update={**texts, "name": change(kpi.name), "trial": trial, "kpis": parts})


def _weights(kept: WeightsFrom, change: ChangeText) -> WeightsFrom:
    weights = tuple((change(name), weight) for name, weight in kept.weights)
    return kept.model_copy(update={"weights": weights, "note": _changed(kept.note, change)})


def _changed(text: str | None, change: ChangeText) -> str | None:
    return change(text) if text else text
