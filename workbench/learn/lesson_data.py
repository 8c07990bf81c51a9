"""What the answers of a lesson are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.edits import set_weights
from workbench.design.model import Design
from workbench.learn.lesson import StepPlan
from workbench.learn.truth_file import TruthFile
from workbench.phases.outcome_counts import HOUR
from workbench.phases.phase_counts import count_phases
from workbench.phases.phase_file import PhaseFile
from workbench.scoring.backtest import KpiAgreement, measure_kpi_agreements
from workbench.scoring.history import History, kpi_series, score_history
from workbench.scoring.preview import select_periods


@dataclass(frozen=True, eq=False)
class LessonData:
    """A data set with its truth; ``design`` is the one that came with it, ``phases`` that of its calls, if any."""

    panel: Panel
    design: Design
    truth: TruthFile
    dataset: DataSet
    folder: Path
    phases: PhaseFile | None = None

    @cached_property
    def _by_stratum(self) -> dict[str, pd.DataFrame]:
        return {}

    @cached_property
    def _by_weights(self) -> dict[tuple, History]:
        return {}

    @cached_property
    def history(self) -> History:
        """The design scored on all periods."""
        return score_history(self.panel, self.design)

    @cached_property
    def agreements(self) -> dict[str, KpiAgreement]:
        """The link of each KPI with the goal, by name."""
        return {found.name: found for found in measure_kpi_agreements(self.panel, self.history)}

    def scored(self, step: StepPlan) -> History:
        """The design under the step's weights, in the step's periods."""
        of = (step.weights, step.first, step.last)
        if of not in self._by_weights:
            self._by_weights[of] = self._scored(step)
        return self._by_weights[of]

    def _scored(self, step: StepPlan) -> History:
        periods = self.panel.frame[PERIOD]
        first = pd.Timestamp(step.first) if step.first else periods.min()
        last = pd.Timestamp(step.last) if step.last else periods.max()
        zero = {kpi.name: 0.0 for kpi in self.design.kpis}
        design = self.design if step.weights is None else set_weights(self.design, zero | dict(step.weights))
        return score_history(select_periods(self.panel, first, last), design, reference=self.panel)

    def level(self, kpi: str) -> pd.Series:
        """A KPI of each rep over all periods, by rep."""
        reps = self.history.reps
        return pd.Series(kpi_series(reps, self.design, self.place(kpi)), index=reps.keys[REP])

    def goals(self) -> pd.Series:
        """The goal of each rep per period, by rep."""
        return pd.Series(self.history.reps.goal, index=self.history.reps.keys[REP])

    def link_after(self, kpi: str, reps: frozenset[str] | None = None) -> float:
        """The rank link of more of a KPI than usual with more of the goal than usual in the next period.

        Usual is the rep's own mean; what all reps have in common in a period is taken out. ``reps``: of these alone.
        """
        rows = self.history.rep_periods
        frame = rows.keys.assign(x=kpi_series(rows, self.design, self.place(kpi)), y=rows.goal_rate)
        frame = frame.assign(usual_x=_unusual(frame, "x"), usual_y=_unusual(frame, "y")).sort_values([REP, PERIOD])
        frame = frame.assign(later=frame.groupby(REP)["usual_y"].shift(-1))
        if reps is not None:
            frame = frame[frame[REP].isin(reps)]
        ranks = frame[["usual_x", "later"]].dropna().rank()
        return float(np.corrcoef(ranks["usual_x"], ranks["later"])[0, 1])

    def rates(self, chain: tuple[tuple[str, str], ...]) -> pd.DataFrame:
        """Share of each rep's attempts that get on at each step; ``chain`` is (name, measure), the attempts first."""
        sums = self.panel.frame.groupby(REP)[[measure for _, measure in chain]].sum().astype(float)
        return (sums / sums.shift(axis=1)).iloc[:, 1:].set_axis([name for name, _ in chain[1:]], axis=1)

    def by_stratum(self, stratum: str) -> pd.DataFrame:
        """Calls by rep and value of a column, or ``hour``: ``rep``, ``stratum``, ``n``, ``reached`` (the first phase).

        Raises InputError where the log cannot be read, LookupError without a phase file.
        """
        if self.phases is None:
            raise LookupError("no phase file came with this data set")
        if stratum in self._by_stratum:
            return self._by_stratum[stratum]
        file = self.phases.model_copy(update={"strata": (stratum,)})
        cells = count_phases(self.dataset, self.folder, file).frame
        cells = cells.assign(reached=cells["n"].where(cells["phase"] > 0, 0))
        self._by_stratum[stratum] = cells.groupby([REP, "stratum"], as_index=False)[["n", "reached"]].sum()
        return self._by_stratum[stratum]

    def explained(self, stratum: str = HOUR) -> float:
        """Share of the reps' differences at the first phase that goes with how their calls spread over a column."""
        cells = self.by_stratum(stratum)
        common = cells.groupby("stratum")[["n", "reached"]].sum()
        cells = cells.assign(expected=cells["n"] * cells["stratum"].map(common["reached"] / common["n"]))
        reps = cells.groupby(REP)[["n", "reached", "expected"]].sum()
        own, expected = reps["reached"] / reps["n"], reps["expected"] / reps["n"]
        return float(1 - ((own - expected) ** 2).sum() / ((own - own.mean()) ** 2).sum())

    def place(self, kpi: str) -> int:
        """The place of a KPI in the design."""
        return [each.name for each in self.design.kpis].index(kpi)


def _unusual(frame: pd.DataFrame, column: str) -> pd.Series:
    own = frame[column] - frame.groupby(REP)[column].transform("mean")
    return own - own.groupby(frame[PERIOD]).transform("mean")
