"""What came to nothing in rep-months just at the target, beside the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.integrity.grids import dials_design, panel_of_grids
from workbench.data.model.panel import MeasureInfo, Panel
from workbench.integrity.bunching import find_bunching
from workbench.integrity.came_to_nothing import CameToNothing, count_came_to_nothing
from workbench.integrity.suspect_counts import SuspectCounts
from workbench.words.gaming import came_to_nothing_sentence, came_to_nothing_small_print

N_REPS, N_MONTHS = 24, 18


@pytest.fixture
def pushed() -> Panel:
    """Values of which most just below the target of 50 were brought up to it."""
    rng = np.random.default_rng(5)
    values = np.round(47 + 6 * rng.normal(size=(N_REPS, N_MONTHS)))
    values[(values >= 46) & (values < 50) & (rng.random(values.shape) < 0.5)] = 50
    panel = panel_of_grids(dials=values, sales=values)
    return replace(panel, measures=(MeasureInfo("dials", "count", source="orders"), MeasureInfo("sales", "sum")))


def counts(panel: Panel, check: str = "cancelled_later", source: str = "orders") -> SuspectCounts:
    """Ten orders a rep and month, on two lists: three cancelled where 50 was just reached, else one."""
    at = panel.frame["dials"].between(50, 51)
    rows = panel.frame[["rep"]].assign(
        check=check, source=source, list="a", month=panel.frame["period"], n=5, k=np.where(at, 3, 1)
    )
    return SuspectCounts(pd.concat([rows, rows.assign(list="b", k=0)], ignore_index=True))


def test_cancellations_at_the_target_stand_beside_all_others(pushed: Panel) -> None:
    crowd = find_bunching(pushed, dials_design(), 0)
    assert crowd.found
    found = count_came_to_nothing(pushed, dials_design(), 0, crowd, counts(pushed))
    at, n = int(pushed.frame["dials"].between(50, 51).sum()), N_REPS * N_MONTHS
    assert crowd.width == 2
    assert found == CameToNothing("Dials", "cancelled_later", "orders", 10 * at, 3 * at, 10 * (n - at), n - at)
    said = came_to_nothing_sentence(found, "month")
    assert said == "Orders cancelled later: 30% in the rep-months just at the target, 10% in all others."
    assert came_to_nothing_small_print(found).startswith(f"{3 * at:,} of {10 * at:,} and ")


def test_only_months_in_which_the_target_was_in_force_count(pushed: Panel) -> None:
    since = pd.Timestamp("2025-01-01")
    crowd = find_bunching(pushed, dials_design(), 0, since)
    found = count_came_to_nothing(pushed, dials_design(), 0, crowd, counts(pushed), since)
    assert found.n_at + found.n_rest == 10 * N_REPS * (N_MONTHS - 12)


def test_it_is_not_known_without_a_column_or_by_week(pushed: Panel) -> None:
    crowd = find_bunching(pushed, dials_design(), 0)
    for other in (counts(pushed, source="calls"), counts(pushed, check="after_hours")):
        found = count_came_to_nothing(pushed, dials_design(), 0, crowd, other)
        assert (found.lacking, found.check) == ("no_column", None)
        assert came_to_nothing_sentence(found, "month").startswith("Later cancellations: not known, because")
        assert came_to_nothing_small_print(found) == ""
    weekly = replace(pushed, grain="week")
    assert count_came_to_nothing(weekly, dials_design(), 0, crowd, counts(pushed)).lacking == "finer_than_month"
