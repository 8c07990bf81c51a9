"""What share of the activity behind a KPI came to nothing later: just at its target, and in all other rep-periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.kpi_cautions import kpi_measures
from workbench.design.model import Design
from workbench.integrity.bunching import Bunching, rep_periods_by_target
from workbench.integrity.suspect_counts import CheckName, SuspectCounts

CAME_TO_NOTHING: tuple[CheckName, ...] = ("cancelled_later", "unanswered", "unattended", "seconds_long")
"""Checks of what became of a row, the plainest first; a call has nothing but its length."""
NothingUnseen = Literal["no_column", "finer_than_month"]
"""Why it is not known what came to nothing."""


@dataclass(frozen=True)
class CameToNothing:
    """Events of the log behind a KPI, counted where its values lie at the target and where they do not.

    Attributes
    ----------
    kpi : its name. check : what became of the suspect ones; None with ``lacking``. source : the log.
    n_at, k_at : events in rep-periods whose value just reaches the target, and of these come to nothing.
    n_rest, k_rest : the same in all other rep-periods with a value and a target.
    lacking : why nothing is known, None where something is.
    """

    kpi: str
    check: CheckName | None = None
    source: str = ""
    n_at: int = 0
    k_at: int = 0
    n_rest: int = 0
    k_rest: int = 0
    lacking: NothingUnseen | None = None


def count_came_to_nothing(
    panel: Panel, design: Design, kpi_index: int, crowd: Bunching, counts: SuspectCounts,
    since: pd.Timestamp | None = None,
) -> CameToNothing:  # fmt: skip
    """Count what came to nothing at the target of the ``kpi_index``-th KPI, whose bunching is ``crowd``, and elsewhere.

    Parameters
    ----------
    since : as for ``find_bunching``.
    """
    kpi = design.kpis[kpi_index]
    if panel.grain not in ("month", "quarter"):
        return CameToNothing(kpi.name, lacking="finer_than_month")
    sources = {panel.info(name).source for name in kpi_measures(kpi) if name in panel.measure_names}
    mine = counts.frame[counts.frame["source"].isin(sources)]
    check = next((name for name in CAME_TO_NOTHING if (mine["check"] == name).any()), None)
    if check is None:
        return CameToNothing(kpi.name, lacking="no_column")
    mine = mine[mine["check"] == check]
    period = mine["month"].dt.to_period("Q" if panel.grain == "quarter" else "M").dt.to_timestamp()
    summed = mine.assign(**{REP: mine["rep"], PERIOD: period}).groupby([REP, PERIOD])[["n", "k"]].sum()
    keys, at = rep_periods_by_target(panel, design, kpi_index, crowd.width, since)
    found = summed.reindex(pd.MultiIndex.from_frame(keys), fill_value=0)
    (n_at, k_at), (n_rest, k_rest) = (found[there].sum() for there in (at, ~at))
    source = ", ".join(sorted(mine["source"].unique()))
    return CameToNothing(kpi.name, check, source, int(n_at), int(k_at), int(n_rest), int(k_rest))
