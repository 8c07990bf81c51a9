"""Run the backtest: score a design on history and compare it with the goal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, Panel
from workbench.design.goal_overlap import find_goal_overlap
from workbench.design.model import Design
from workbench.scoring.agreement import Agreement, measure_agreement
from workbench.scoring.baselines import DRAWS, Baseline, compute_baselines, measure_score_agreement
from workbench.scoring.classification import (
    KINDS,
    Awards,
    classify_rep_periods,
    classify_team_periods,
    give_awards,
    rank_reps,
)
from workbench.scoring.history import History, kpi_series, score_history


@dataclass(frozen=True)
class KpiAgreement:
    """The agreement of one KPI with the goal; ``by_construction`` if it contains the goal or counts its rows."""

    name: str
    share: float
    agreement: Agreement
    by_construction: bool


def counts_goal(kpis: Sequence[KpiAgreement], design: Design) -> bool:
    """Whether a KPI with a weight contains the goal or counts its rows; ``kpis`` are those of the design, in order."""
    return any(found.by_construction and kpi.weight for found, kpi in zip(kpis, design.kpis, strict=True))


@dataclass(frozen=True, eq=False)
class Backtest:
    """The result of a backtest, for the Preview page and the ``backtest`` command.

    Attributes
    ----------
    history : values, points and scores at every level.
    reps : ``rank_reps``; rep_periods : ``classify_rep_periods``; team : ``classify_team_periods``, all of
        ``scoring.classification``.
    goal_total : the goal summed over all rep-periods, in its unit.
    """

    history: History
    kpis: tuple[KpiAgreement, ...]
    scorecard: Agreement
    baselines: dict[str, Baseline]
    reps: pd.DataFrame
    rep_periods: pd.DataFrame
    team: pd.DataFrame
    awards: Awards
    goal_total: float

    @property
    def design(self) -> Design:
        return self.history.design

    @property
    def counts(self) -> dict[str, int]:
        """Count rep-periods by kind."""
        return {kind: int((self.rep_periods["kind"] == kind).sum()) for kind in KINDS}

    def as_json(self) -> dict[str, Any]:
        """Return the keys promised for the ``backtest`` command, and more; missing numbers are NaN or None."""
        periods, measure = self.history.rep_periods.keys[PERIOD], self.design.required_goal.measure
        return {
            "n_reps": len(self.history.reps),
            "n_periods": int(periods.nunique()),
            "n_rep_periods": len(periods),
            "goal": {"measure": measure, "total": self.goal_total, "target": self._mean_target()},
            "kpis": [self._kpi_json(kpi) for kpi in self.kpis],
            "scorecard": {"agreement": self.scorecard.as_json()},
            "baselines": {name: baseline.as_json() for name, baseline in self.baselines.items()},
            "misjudged": {**self.counts, "rep_periods": self._misjudged_json()},
            "team_periods": [self._team_json(row) for row in self.team.to_dict("records")],
            "awards": {"top": self.awards.top, "winners": list(self.awards.winners),
                       "best_sellers": list(self.awards.best_sellers), "overlap": self.awards.overlap},
            "reps": self.reps.to_dict("records"),
        }  # fmt: skip

    def _mean_target(self) -> float:
        targets = self.history.rep_periods.goal_target
        return float(np.nanmean(targets)) if np.isfinite(targets).any() else np.nan

    @staticmethod
    def _kpi_json(kpi: KpiAgreement) -> dict[str, Any]:
        return {"name": kpi.name, "share": kpi.share, "agreement": kpi.agreement.as_json(),
                "contains_goal": kpi.by_construction}  # fmt: skip

    def _misjudged_json(self) -> list[dict[str, Any]]:
        """List the rep-periods in which scorecard and goal disagree."""
        wrong = self.rep_periods[self.rep_periods["kind"].isin(["box_ticker", "unsung_seller"])]
        return wrong.assign(period=wrong[PERIOD].dt.date.astype(str)).to_dict("records")

    def _team_json(self, row: dict[str, Any]) -> dict[str, Any]:
        hits = {name: _bool_or_none(row[f"hit·{name}"]) for name in (kpi.name for kpi in self.design.kpis)}
        return {"period": str(row[PERIOD].date()), "goal": row["goal"], "goal_hit": _bool_or_none(row["goal_hit"]),
                "scorecard_hit": _bool_or_none(row["scorecard_hit"]), "kpis_hit": hits, "goal_target":
                row["goal_target"], "score": row["score"], "n_reps": row["n_reps"]}  # fmt: skip


def run_backtest(
    panel: Panel,
    design: Design,
    *,
    reps: Collection[str] | None = None,
    reference: Panel | None = None,
    top: int | None = None,
    draws: int = DRAWS,
) -> Backtest:
    """Score a design on a panel and compare it with the goal.

    Parameters
    ----------
    reps : only these reps; their points are those they have among all.
    reference : the whole panel when ``panel`` is a part of it (see ``score_history``).
    top : number of prizes. draws : shuffles behind the ``shuffled`` baseline.

    Raises
    ------
    InputError
        No goal, no rep-periods, unknown measures. Whether the design is sound is for ``design.rules``.
    """
    return backtest_history(panel, score_history(panel, design, reference), reps, top, draws)


def backtest_history(
    panel: Panel, whole: History, reps: Collection[str] | None = None, top: int | None = None, draws: int = DRAWS
) -> Backtest:
    """Run the backtest of a scored history (for other weights: ``History.weighted``)."""
    chosen = whole if reps is None else whole.only(reps)
    standing = rank_reps(chosen)
    return Backtest(
        chosen, measure_kpi_agreements(panel, chosen), measure_score_agreement(chosen), compute_baselines(chosen,
        draws), standing, classify_rep_periods(chosen), classify_team_periods(chosen, panel), give_awards(standing,
        top), float(np.nansum(chosen.rep_periods.goal)),
    )  # fmt: skip


def measure_kpi_agreements(panel: Panel, chosen: History) -> tuple[KpiAgreement, ...]:
    """Measure the agreement of each KPI of a history with the goal; only its shares depend on the weights."""
    design, shares = chosen.design, chosen.design.shares()
    return tuple(
        KpiAgreement(
            kpi.name,
            shares[kpi.name],
            measure_agreement(kpi_series(chosen.reps, design, k), chosen.reps.goal,
                      kpi_series(chosen.rep_periods, design, k), chosen.rep_periods.goal_rate, chosen.rows,
                      chosen.rep_periods.share_worked),
            find_goal_overlap(kpi, design.required_goal, panel).is_goal,
        )
        for k, kpi in enumerate(design.kpis)
    )  # fmt: skip


def _bool_or_none(value: float) -> bool | None:
    return None if np.isnan(value) else bool(value)
