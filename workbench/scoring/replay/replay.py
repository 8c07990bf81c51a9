"""Replay a design: all results of the Replay page and the ``replay`` command in one call."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Design
from workbench.scoring.history import History, score_history
from workbench.scoring.replay.effort import estimate_effort
from workbench.scoring.replay.leavers import Leavers, compare_leavers
from workbench.scoring.replay.prizes import PrizeRule, Prizes, award_prizes
from workbench.scoring.replay.reprimands import LEAST_PERIODS, mostly_unjust_reps, reprimands_by_rep
from workbench.scoring.replay.runs import OutcomeRun, classify_team_outcomes, find_runs
from workbench.scoring.replay.stop_signal import StopSignal, find_stop_signal, panel_as_of
from workbench.scoring.replay.styles import StyleComparison, compare_styles
from workbench.scoring.replay.twins import pair_twins


@dataclass(frozen=True, eq=False)
class Replay:
    """The results of replaying a scorecard. ``stops`` has one entry per KPI that is on.

    ``overall`` has the same rule's prizes given once, over all the data.
    ``called_in`` is ``reprimands_by_rep`` of the scorecard, ``outcomes`` is ``classify_team_outcomes``, ``hours`` is
    ``estimate_effort``.
    """

    history: History
    prizes: Prizes
    overall: Prizes
    called_in: pd.DataFrame
    outcomes: pd.DataFrame
    runs: tuple[OutcomeRun, ...]
    stops: tuple[StopSignal, ...]
    styles: StyleComparison
    leavers: Leavers
    hours: pd.DataFrame
    grain: Grain

    @property
    def overall_below(self) -> tuple[str, ...]:
        """Reps with the best scores over all the data who sell less than the median; empty with too few periods."""
        return self.overall.winners_below if self.outcomes[PERIOD].nunique() >= LEAST_PERIODS else ()

    def as_json(self, in_fact: pd.Timestamp | None = None) -> dict[str, Any]:
        """Return JSON-ready content; periods as dates, missing numbers as NaN or None.

        ``in_fact`` is the day from which the scorecard was in fact changed, for ``periods_earlier`` of the stops.
        """
        given, guard = self.prizes, self.styles
        won, once = given.rounds[given.rounds["won"]], self.overall.rounds[self.overall.rounds["won"]]
        return {
            "prizes": {
                "rule": asdict(given.rule), "n": given.n_prizes, "n_below_median": given.n_below_median,
                "share_below_median": given.share_below_median,
                "winners": _json_records(won[["round", "rep", "score", "goal", "goal_rank", "below_median"]]),
                "best_sellers_without": list(given.best_sellers_without(given.rule.top)),
                "winners_below": list(given.winners_below), "overall": _json_records(once[["rep", "score",
                "goal_rank"]]), "overall_below": list(self.overall_below),
            },
            "reprimands": _json_records(self.called_in), "mostly_unjust": list(mostly_unjust_reps(self.called_in)[REP]),
            "team_periods": _json_records(self.outcomes),
            "runs": _json_records(pd.DataFrame([asdict(run) for run in self.runs])),
            "stops": [{"kpi": s.kpi, "first": _iso_day(s.first), "why": s.why, "readings": _json_records(s.readings),
                       "periods_earlier": None if in_fact is None else s.periods_earlier(in_fact, self.grain)}
                      for s in self.stops],
            "styles": {"raised": guard.raised, "cause": guard.cause, "share": guard.share, "p": guard.p,
                       "muted": list(guard.muted), "styles": _json_records(guard.styles), "reps":
                       _json_records(guard.reps), "twins": _json_records(pair_twins(guard))},
            "leavers": {"reps": _json_records(self.leavers.reps), "left": self.leavers.left, "stayed":
            self.leavers.stayed}, "effort": _json_records(self.hours),
        }  # fmt: skip


def replay_design(
    panel: Panel,
    design: Design,
    rule: PrizeRule | None = None,
    until: pd.Timestamp | None = None,
    reference: Panel | None = None,
) -> Replay:
    """Replay a design on a panel, or on the panel as of the end of the period ``until``.

    ``reference``: the whole panel when ``panel`` is a part of it (see ``score_history``).

    Raises
    ------
    InputError
        No goal, no rep-periods, unknown measures.
    """
    known = panel if until is None else panel_as_of(panel, until)
    scored = score_history(known, design, reference)
    outcomes = classify_team_outcomes(known, scored)
    on = [k for k, kpi in enumerate(design.kpis) if kpi.weight > 0]
    counted = [None, *(design.kpis[k].name for k in on)]
    named = tuple(run for run in find_runs(outcomes, known) if run.kpi in counted)
    rule = rule or PrizeRule()
    once = award_prizes(known, scored, replace(rule, every="all"), reference)
    return Replay(
        scored, award_prizes(known, scored, rule, reference), once, reprimands_by_rep(scored), outcomes, named,
        tuple(find_stop_signal(known, scored, k) for k in on), compare_styles(scored), compare_leavers(known, scored),
        estimate_effort(known, scored), known.grain,
    )  # fmt: skip


def _json_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as JSON-ready content: dates as text, missing as None."""
    days = {name: frame[name].map(_iso_day) for name in frame.columns if frame[name].dtype.kind == "M"}
    ready = frame.assign(**days).astype(object)
    return ready.where(ready.notna(), None).to_dict("records")


def _iso_day(moment: pd.Timestamp | None) -> str | None:
    return None if moment is None or pd.isna(moment) else f"{moment:%Y-%m-%d}"
