"""Measure how much the weights of a design change ranks, for the page and the command."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.scoring.classification import give_awards, rank_reps
from workbench.scoring.history import History
from workbench.weights.drop_one import drop_one
from workbench.weights.effective_shares import effective_shares
from workbench.weights.rank_ranges import RankRanges, rank_ranges_by_both
from workbench.weights.sensitivity import compare_scoring_rules, weight_sensitivity
from workbench.weights.sweep import Flip, Sweep, sweep_share


@dataclass(frozen=True, eq=False)
class WeightImpact:
    """Effective shares, sweeps and drop-one results; ``sweeps`` has one entry per KPI that is on, ``top`` is the N."""

    top: int
    influence: pd.DataFrame
    sweeps: tuple[Sweep, ...]
    dropped: pd.DataFrame

    @property
    def weighted_influence(self) -> pd.DataFrame:
        """The rows of ``influence`` of KPIs with a weight."""
        return self.influence[self.influence["share"] > 0]

    @property
    def weighted_dropped(self) -> pd.DataFrame:
        """The rows of ``dropped`` of KPIs with a weight."""
        return self.dropped[self.influence["share"].to_numpy() > 0]


@dataclass(frozen=True, eq=False)
class ChoiceSensitivity:
    """How much each uncertain choice changes the ranks: ``weight_sensitivity`` and ``compare_scoring_rules``."""

    weights: pd.DataFrame
    rules: pd.DataFrame


def measure_weight_impact(scored: History) -> WeightImpact:
    """Compute effective shares, sweeps and drop-one results of a history under the design's weights."""
    top = give_awards(rank_reps(scored)).top
    strips = tuple(sweep_share(scored, k, top) for k, kpi in enumerate(scored.design.kpis) if kpi.weight > 0)
    return WeightImpact(top, effective_shares(scored.reps, scored.design), strips, drop_one(scored, top))


def measure_choice_sensitivity(panel: Panel, design: Design, scored: History) -> ChoiceSensitivity:
    """Measure how much each weight and each scoring rule changes the ranks; ``scored`` is the design's history."""
    return ChoiceSensitivity(weight_sensitivity(scored), compare_scoring_rules(panel, design))


def weight_impact_json(panel: Panel, scored: History) -> dict[str, Any]:
    """Return all results of the page as JSON-ready content; missing numbers are NaN."""
    found, uncertain = measure_weight_impact(scored), measure_choice_sensitivity(panel, scored.design, scored)
    return {
        "top": found.top, "influence": found.influence.to_dict("records"),
        "sweeps": [_sweep_json(strip) for strip in found.sweeps], "without": found.dropped.to_dict("records"),
        "rank_ranges": _ranges_json(rank_ranges_by_both(panel, scored)),
        "moves_ranks": uncertain.weights.to_dict("records"), "other_rules": uncertain.rules.to_dict("records"),
    }  # fmt: skip


def _sweep_json(strip: Sweep) -> dict[str, Any]:
    columns = {"share": strip.shares, "across_reps": strip.across_reps, "next_period": strip.next_period,
               "top_kept": strip.top_kept}  # fmt: skip
    return {"kpi": strip.kpi, "share": strip.share, "low": strip.low, "high": strip.high, "below":
    _flip_json(strip.below),
            "above": _flip_json(strip.above), "steps": pd.DataFrame(columns).to_dict("records")}  # fmt: skip


def _flip_json(flip: Flip | None) -> dict[str, Any] | None:
    if flip is None:
        return None
    return {name: list(found) if isinstance(found, tuple) else found for name, found in asdict(flip).items()}


def _ranges_json(found: RankRanges) -> dict[str, Any]:
    columns = {"rep": found.reps, "rank": found.rank, "low": found.low, "high": found.high, "tier": found.tier}
    return {"draws": found.draws, "months": found.months, "ends_after": found.ends_after,
            "reps": pd.DataFrame(columns).to_dict("records"),
            "pairs": [{"rep": rep, "above": list(below)} for rep, below in found.pairs()]}  # fmt: skip
