"""A score taken apart adds up again, nested KPIs and missing values included."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import examples
from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, panel_of, random_panel
from workbench.scoring.drilldown import decompose_score
from workbench.scoring.history import score_history

TALKS = {
    "name": "Talks",
    "weight": 60,
    "kpis": [
        {**CALLS, "weight": 1},
        {"name": "In person", "weight": 3, "kpis": [{**MEETINGS, "weight": 2}, {**WIN_RATE, "weight": 2}]},
    ],
}
OTHER = {"name": "Closed", "formula": "closed", "target": 6, "weight": 40}


@settings(max_examples=examples(30))
@given(
    st.integers(0, 5),
    st.sampled_from(["mean", "geometric", "minimum"]),
    st.sampled_from(["reweight", "zero", "exclude"]),
    st.sampled_from(["attainment", "percentile", "zscore"]),
)
def test_contributions_add_up_at_every_level(seed, combine, missing, points):
    scored = score_history(
        random_panel(seed, 4, 3, gaps=True), design_of(TALKS, OTHER, combine=combine, missing=missing, points=points)
    )
    for level in (scored.rep_periods, scored.reps, scored.team):
        for row in range(len(level)):
            apart = decompose_score(level, scored.design, row)
            if np.isnan(level.score[row]):
                assert apart["contribution"].isna().all()
            else:
                assert apart["contribution"].sum() == pytest.approx(level.score[row], rel=1e-12, abs=1e-9)
                assert apart["share"].sum() == pytest.approx(1)


def test_shares_and_points_of_nested_kpis_by_hand():
    frame = pd.DataFrame(
        {"rep": ["A"], "period": ["2024-01"], "calls": 100, "meetings": 9, "won": 2, "closed": 4, "sales": 1}
    )
    scored = score_history(panel_of(frame), design_of(TALKS, OTHER))
    assert scored.reps.points[0] == pytest.approx([(50 + 3 * (90 + 100) / 2) / 4, 100 * 4 / 6])
    apart = decompose_score(scored.reps, scored.design, 0)
    assert apart["part"].tolist() == ["Calls", "In person → Meetings", "In person → Win rate", ""]
    assert apart["kpi"].tolist() == ["Talks", "Talks", "Talks", "Closed"]
    assert apart["share"].to_numpy() == pytest.approx([0.15, 0.225, 0.225, 0.4])
    assert apart["contribution"].to_numpy() == pytest.approx([7.5, 20.25, 22.5, 400 * 4 / 60])
    assert apart["value"].tolist() == [100, 9, 0.5, 4]
    assert apart["target"].tolist() == [200, 10, 0.5, 6]


def test_a_missing_part_hands_its_share_to_its_neighbours():
    frame = pd.DataFrame(
        {"rep": ["A"], "period": ["2024-01"], "calls": 100, "meetings": 9, "won": 0, "closed": 0, "sales": 1}
    )
    scored = score_history(panel_of(frame), design_of(TALKS, OTHER))
    apart = decompose_score(scored.reps, scored.design, 0)
    assert apart["share"].to_numpy() == pytest.approx([0.15, 0.45, 0, 0.4])
    assert np.isnan(apart["points"][2])


def test_points_do_not_depend_on_who_else_is_looked_at():
    panel = random_panel(9, gaps=True)
    for points in ("attainment", "percentile", "zscore"):
        scored = score_history(panel, design_of(TALKS, OTHER, points=points))
        some = scored.only(["rep 01", "rep 04"])
        mask = scored.rep_periods.keys["rep"].isin(["rep 01", "rep 04"]).to_numpy()
        assert np.array_equal(some.rep_periods.points, scored.rep_periods.points[mask])
        assert np.array_equal(some.reps.score, scored.reps.score[[1, 4]])
        assert some.reps.keys["rep"].to_numpy()[some.rows.reps].tolist() == some.rep_periods.keys["rep"].tolist()
        assert all(a <= b for a, b in pairwise(some.rows.reps))
