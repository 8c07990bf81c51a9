"""Proposed weights compared with the current ones, and adjusted by typing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workbench.design.model import Design, Way
from workbench.design.weighted_kpis import is_measurable
from workbench.weights.accept import SAME, weight_presets

ADJUSTED = "adjusted by hand"
TODAY = "today"


@dataclass(frozen=True)
class Proposal:
    """Proposed weights by KPI name, the way they were found, and a note."""

    weights: dict[str, float]
    way: Way
    note: str = ""


def preset_proposal(design: Design, start: str) -> Proposal:
    """Propose the current weights (``"today"``) or a preset. Raises KeyError for an unknown preset."""
    if start == TODAY:
        return Proposal({kpi.name: kpi.weight for kpi in design.kpis}, "typed")
    equal = start == "equal"
    return Proposal(weight_presets(design)[start], "equal" if equal else "preset", "" if equal else start)


def leave_out_others(found: Proposal, design: Design) -> Proposal:
    """Return the proposal with 0 for each measurable KPI that has a weight today and none in the proposal."""
    others = [kpi for kpi in design.kpis if kpi.name not in found.weights and is_measurable(kpi)]
    gone = {kpi.name: 0.0 for kpi in others if kpi.weight > 0}
    return replace(found, weights=found.weights | gone)


def shares_of(weights: Mapping[str, float]) -> dict[str, float]:
    """Return each weight ÷ their total, 0 to 1; empty if the total is 0."""
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()} if total else {}


def has_current_shares(design: Design, weights: Mapping[str, float]) -> bool:
    """Whether these weights change no KPI's share; False if they are all 0."""
    shares, today = shares_of(weights), design.shares()
    return bool(shares) and all(abs(today[name] - share) <= SAME for name, share in shares.items())


def has_current_way(design: Design, found: Proposal) -> bool:
    """Whether the design's weights were found in the proposal's way."""
    return design.weights_from is not None and design.weights_from.way == found.way


def apply_typed_weights(found: Proposal, typed: Mapping[str, float], decimals: int = 1) -> Proposal:
    """Return the proposal, noted as adjusted if a typed weight differs from it.

    ``typed`` began as the proposal's weights rounded to ``decimals``. The weights of the result are the proposal's.
    """
    if not any(abs(typed[name] - round(weight, decimals)) > SAME for name, weight in found.weights.items()):
        return found
    if found.way in ("equal", "preset", "typed"):
        return Proposal(found.weights, "typed")
    return Proposal(found.weights, found.way, "; ".join(filter(None, [found.note, ADJUSTED])))
