"""Predictions, how sure they were, and how often they were right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

SURE = (50, 60, 70, 80, 90, 100)
"""How sure one may be, in percent."""
COIN = 0.25
"""The Brier score of somebody who is always 50% sure, whatever happens."""


class Prediction(BaseModel):
    """One prediction.

    Attributes
    ----------
    story : the data set's id. step : the step's id. choice : the key chosen. sure : in percent, 50 to 100.
    right : whether it was the answer. round : how often the story was started over before, from 0.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    story: str
    step: str
    choice: str
    sure: int = Field(ge=50, le=100)
    right: bool
    round: int = Field(default=0, ge=0)


@dataclass(frozen=True, eq=False)
class Sureness:
    """How predictions turned out.

    Attributes
    ----------
    table : one row per sureness that was said: ``sure`` (percent), ``n``, ``n_right``.
    brier : mean squared difference between sureness and outcome, 0 to 1, 0 is best (Brier 1950); None without any.
    """

    table: pd.DataFrame
    n: int
    n_right: int
    brier: float | None


def judge_predictions(predictions: Sequence[Prediction]) -> Sureness:
    """How sure, and how often right; only the first prediction of each step counts, since answers can be remembered."""
    first: dict[tuple[str, str], Prediction] = {}
    for each in sorted(predictions, key=lambda one: one.round):
        first.setdefault((each.story, each.step), each)
    rows = pd.DataFrame(
        [(each.sure, each.right) for each in first.values()], columns=["sure", "right"]
    ).astype({"sure": int, "right": bool})  # fmt: skip
    table = rows.groupby("sure")["right"].agg(n="size", n_right="sum").reset_index().astype(int)
    brier = float(((rows["sure"] / 100 - rows["right"]) ** 2).mean()) if len(rows) else None
    return Sureness(table, len(rows), int(rows["right"].sum()), brier)
