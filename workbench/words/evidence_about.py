"""What sentences on the evidence are about: the goal, the grain of the data, and the options that were set."""

from __future__ import annotations

import math
from dataclasses import dataclass

from workbench.data.model.dataset import Grain
from workbench.evidence.record import EvidenceOptions
from workbench.words.numbers import pluralize


@dataclass(frozen=True)
class About:
    """The goal's name, the grain of the data, the options, and whether more, less or better of the goal is wanted."""

    goal: str
    grain: Grain
    options: EvidenceOptions
    more: str = "more"

    @classmethod
    def of(cls, goal: str, grain: Grain, options: EvidenceOptions, direction: object) -> About:
        """With ``less`` for a goal that is better low, ``better`` for one that is best within a band."""
        said = {"higher": "more", "lower": "less"}
        return cls(goal, grain, options, said.get(direction, "better") if isinstance(direction, str) else "better")

    @property
    def more_goal(self) -> str:
        """``more Sales``; ``less Churn`` for a goal that is better low."""
        return f"{self.more} {self.goal}"

    def periods(self, n: float) -> str:
        """``1 month``, ``5 months``; rounded up."""
        return pluralize(math.ceil(n - 1e-9), self.grain)
