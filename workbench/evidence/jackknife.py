"""Jackknife intervals with reps as the unit of evidence, for many KPIs at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from workbench.scoring.correlation import Correlation

YesNoUnclear = Literal["yes", "no", "unclear"]


@dataclass(frozen=True)
class Estimate:
    """An estimate that is not a correlation, with its interval; NaN bounds come with the reason."""

    value: float
    low: float
    high: float
    n: int
    n_reps: int
    method: str
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"value": self.value, "low": self.low, "high": self.high, "n": self.n, "n_reps": self.n_reps,
                "method": self.method, "reason": self.reason}  # fmt: skip


def classify_link(link: Correlation, smallest: float) -> YesNoUnclear:
    """Classify a link: "no", its interval excludes one that would matter; "yes", it does not, but excludes 0."""
    if link.high < smallest:
        return "no"
    return "yes" if link.low > 0 else "unclear"
