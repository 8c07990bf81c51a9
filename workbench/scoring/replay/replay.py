"""Everything the Replay page and the ``replay`` command show of a design, in one call."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Design
from workbench.scoring.history import History, history
from workbench.scoring.replay.as_of import StopSignal, as_of, stop_signal
from workbench.scoring.replay.effort import effort
from workbench.scoring.replay.leavers import Leavers, leavers
from workbench.scoring.replay.prizes import PrizeRule, Prizes, prizes
from workbench.scoring.replay.reprimands import LEAST_PERIODS, mostly_unjust, reprimands_by_rep
from workbench.scoring.replay.runs import OutcomeRun, runs, team_outcomes
from workbench.scoring.replay.styles import StyleGuard, style_guard
from workbench.scoring.replay.twins import twins


@dataclass(frozen=True, eq=False)
class Replay:
    """What a scorecard would have done to people. ``stops`` has one entry per KPI that is on.

    ``overall`` has the same rule's prizes given once, over all the data.
    ``called_in`` is ``reprimands_by_rep`` of the scorecard, ``outcomes`` is ``team_outcomes``, ``hours`` is ``effort``.
    """

    history: History
    prizes: Prizes
    overall: Prizes
    called_in: pd.DataFrame
    outcomes: pd.DataFrame
    runs: tuple[OutcomeRun, ...]
    stops: tuple[StopSignal, ...]
    styles: StyleGuard
    leavers: Leavers
    hours: pd.DataFrame
    grain: Grain

    @property
    def overall_below(self) -> tuple[str, ...]:
        """Those with the best scores over all the data who sell less than the median; nobody in too few periods."""
        return self.overall.winners_below if self.outcomes[PERIOD].nunique() >= LEAST_PERIODS else ()

    def as_json(self, in_fact: pd.Timestamp | None = None) -> dict[str, Any]:
        """JSON-ready; periods as dates, missing numbers as NaN or None.

        ``in_fact`` is the day from which the scorecard was in fact changed, for ``periods_earlier`` of the stops.
        """
        given, guard = self.prizes, self.styles
        won, once = given.rounds[given.rounds["won"]], self.overall.rounds[self.overall.rounds["won"]]
        return {
            "prizes": {
                "rule": asdict(given.rule), "n": given.n_prizes, "share_below_median": given.share_below_median,
                "winners": _records(won[["round", "rep", "score", "goal", "goal_rank", "below_median"]]),
                "best_sellers_without": list(given.best_sellers_without(given.rule.top)),
                "winners_below": list(given.winners_below), "overall": _records(once[["rep", "score", "goal_rank"]]),
                "overall_below": list(self.overall_below),
            },
            "reprimands": _records(self.called_in), "mostly_unjust": list(mostly_unjust(self.called_in)[REP]),
            "team_periods": _records(self.outcomes),
            "runs": _records(pd.DataFrame([asdict(run) for run in self.runs])),
            "stops": [{"kpi": s.kpi, "first": _day(s.first), "why": s.why, "readings": _records(s.readings),
                       "periods_earlier": None if in_fact is None else s.periods_earlier(in_fact, self.grain)}
                      for s in self.stops],
            "styles": {"raised": guard.raised, "cause": guard.cause, "share": guard.share, "p": guard.p,
                       "muted": list(guard.muted), "styles": _records(guard.styles), "reps": _records(guard.reps),
                       "twins": _records(twins(guard))},
            "leavers": {"reps": _records(self.leavers.reps), "left": self.leavers.left, "stayed": self.leavers.stayed},
            "effort": _records(self.hours),
        }  # fmt: skip


def replay(panel: Panel, design: Design, rule: PrizeRule | None = None, until: pd.Timestamp | None = None) -> Replay:
    """Replay a design on a panel, if asked as it stood at the end of the period ``until``.

    Raises
    ------
    InputError
        No goal, no rep-periods, unknown measures.
    """
    known = panel if until is None else as_of(panel, until)
    scored = history(known, design)
    outcomes = team_outcomes(known, scored)
    on = [k for k, kpi in enumerate(design.kpis) if kpi.weight > 0]
    counted = [None, *(design.kpis[k].name for k in on)]
    named = tuple(run for run in runs(outcomes, known) if run.kpi in counted)
    rule = rule or PrizeRule()
    once = prizes(known, scored, replace(rule, every="all"))
    return Replay(
        scored, prizes(known, scored, rule), once, reprimands_by_rep(scored), outcomes, named,
        tuple(stop_signal(known, scored, k) for k in on), style_guard(scored), leavers(known, scored),
        effort(known, scored), known.grain,
    )  # fmt: skip


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON-ready content: dates as text, missing as None."""
    days = {name: frame[name].map(_day) for name in frame.columns if frame[name].dtype.kind == "M"}
    ready = frame.assign(**days).astype(object)
    return ready.where(ready.notna(), None).to_dict("records")


def _day(moment: pd.Timestamp | None) -> str | None:
    return None if moment is None or pd.isna(moment) else f"{moment:%Y-%m-%d}"
