"""The share of suspect activity by month: who hides names does not find them in the picture's data."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from workbench.charts.suspect_share import suspect_share_alt, suspect_share_chart, suspect_share_rows

REPS = ["Ana Ruiz", "Ben Hartley", "Cleo Marsh"]
COUNTS = pd.DataFrame(
    [("seconds_long", rep, month, 100, 60 if rep == "Ana Ruiz" and month > pd.Timestamp("2025-02-01") else place)
     for place, rep in enumerate(REPS) for month in pd.date_range("2025-01-01", periods=4, freq="MS")],
    columns=["check", "rep", "month", "n", "k"],
)  # fmt: skip
ALIASES = {rep: f"Rep {place}" for place, rep in enumerate(REPS, start=1)}


@pytest.mark.parametrize("named", [True, False])
def test_hidden_names_are_not_in_the_data_that_can_be_downloaded(named: bool) -> None:
    rows = suspect_share_rows(COUNTS, "seconds_long")
    chart = suspect_share_chart(rows, ["Ana Ruiz"], ALIASES, "calls of a few seconds", "#000000", named=named)
    drawn = json.dumps(chart.to_dict())
    assert "Rep 1" in drawn
    assert not any(rep in drawn for rep in REPS)


def test_the_picture_in_words_is_of_the_values_drawn() -> None:
    said = suspect_share_alt(suspect_share_rows(COUNTS, "seconds_long"), ["Ana Ruiz"], ALIASES, "short calls")
    assert said == "Share of short calls by month. Rep 1 30%; all others 1% to 2%."
