"""Compute the figures by which design options are compared."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.data.model.panel import REP, Panel
from workbench.design.model import Design
from workbench.scoring.agreement import Agreement
from workbench.scoring.classification import Awards
from workbench.scoring.history import History, score_history
from workbench.scoring.preview import build_preview
from workbench.scoring.replay.reprimands import reprimands_by_rep


@dataclass(frozen=True, eq=False)
class OptionOutcome:
    """The figures of one design on a panel.

    Attributes
    ----------
    shares : 0 … 1 by KPI. called_in : rep-periods whose score was missed. unjust : those among them with the goal
        made. standing : one row per rep as ``rep_standing``.
    """

    shares: dict[str, float]
    agreement: Agreement
    awards: Awards
    called_in: int
    unjust: int
    standing: pd.DataFrame

    @property
    def ranks_anybody(self) -> bool:
        """Whether a rep has a score; nobody has one without weights."""
        return bool(self.standing["score_rank"].notna().any())


def evaluate_option(panel: Panel, design: Design, reference: Panel | None = None) -> OptionOutcome:
    """Score a design and compute its figures. Raises InputError if it does not fit the panel.

    ``reference``: the whole panel when ``panel`` is a part of it (see ``score_history``).
    """
    return outcome_of_history(score_history(panel, design, reference))


def outcome_of_history(scored: History) -> OptionOutcome:
    """Compute the figures of the design of a scored history."""
    seen, called = build_preview(scored), reprimands_by_rep(scored)
    return OptionOutcome(scored.design.shares(), seen.agreement, seen.awards, int(called["called_in"].sum()),
                   int(called["unjust"].sum()), seen.standing)  # fmt: skip


def ranks_side_by_side(outcomes: dict[str, OptionOutcome]) -> pd.DataFrame:
    """Return one row per option and rep: ``option``, ``place`` (of the option), ``rep``, ``rank``, ``goal_rank``."""
    parts = [
        found.standing[[REP, "score_rank", "goal_rank"]].assign(option=name, place=place)
        for place, (name, found) in enumerate(outcomes.items())
    ]
    return pd.concat(parts, ignore_index=True).rename(columns={"score_rank": "rank"})
