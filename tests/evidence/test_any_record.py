"""Whatever the record looks like, every KPI gets a verdict with words, and no number comes from nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import examples
from tests.evidence.planted import record_of
from tests.scoring.panels import design_of, random_panel
from workbench.charts import evidence as charts
from workbench.charts import evidence_reps as rep_charts
from workbench.cli.main import without_nan
from workbench.evidence.build_record import build_record, build_scorecard_record
from workbench.evidence.evidence_json import evidence_json
from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.report import run_checks
from workbench.words.evidence import VERDICTS, About, reason_sentences, verdict_change_sentence, verdicts_sentence
from workbench.words.evidence_details import questions_and_answers

ABOUT = About("Sales", "month", EvidenceOptions())


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Small, odd records: a few reps and periods, gaps, whole KPIs missing, constant or copied."""
    reps, periods, kpis = draw(st.integers(1, 7)), draw(st.integers(1, 9)), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values, goal = rng.normal(size=(kpis, reps, periods)), rng.normal(size=(reps, periods))
    for k in range(kpis):
        kind = draw(st.sampled_from(["noise", "constant", "missing", "copy", "goal", "huge", "counts"]))
        values[k] = {"noise": values[k], "constant": 3 + 0 * goal, "missing": np.nan + goal, "copy": values[0],
                     "goal": goal, "huge": values[k] * 1e12, "counts": np.round(values[k])}[kind]  # fmt: skip
    gaps = draw(st.floats(0, 0.7))
    goal[rng.random(goal.shape) < gaps] = np.nan
    if draw(st.booleans()):
        goal[np.isfinite(goal)] = 5.0
    return record_of(values, goal)


@given(records())
@settings(max_examples=examples(120))
def test_every_kpi_of_any_record_gets_a_verdict_in_words(record):
    with np.errstate(all="raise", under="ignore", invalid="ignore", divide="ignore"):
        found = run_checks(record, EvidenceOptions(draws=19))
    assert verdicts_sentence(found)
    for one in found.kpis:
        assert one.verdict.name in VERDICTS
        said = [
            *reason_sentences(one, ABOUT),
            verdict_change_sentence(one.verdict, ABOUT),
            *(text for _, text in questions_and_answers(one, ABOUT)),
        ]
        assert all(said)
        assert not any("nan" in text for text in said)
    printed = json.loads(json.dumps(without_nan(evidence_json(found)), allow_nan=False))
    assert [kpi["name"] for kpi in printed["kpis"]] == list(record.kpis)


def test_a_goal_that_never_varies_is_not_enough_data():
    record = record_of(np.random.default_rng(0).normal(size=(1, 10, 8)), np.full((10, 8), 7.0))
    assert run_checks(record).kpis[0].verdict.name == "not enough data"


def test_a_card_without_a_formula_is_not_enough_data():
    found = run_checks(
        build_record(random_panel(1), design_of({"name": "Later"}, {"name": "Calls", "formula": "calls"}))
    )
    assert found.kpis[0].verdict.name == "not enough data"


def test_a_design_without_kpis_has_no_verdicts():
    panel, design = random_panel(1), design_of()
    assert run_checks(build_record(panel, design)).kpis == ()
    assert run_checks(build_scorecard_record(panel, design)).kpis[0].verdict.name == "not enough data"


@pytest.mark.parametrize("grain", ["day", "week", "quarter"])
def test_other_grains(grain):
    frame = random_panel(2, n_reps=8, n_periods=12).frame
    step = {"day": "D", "week": "7D", "quarter": "QS"}[grain]
    dates = pd.date_range("2024-01-01", periods=12, freq=step)
    moved = frame["period"].map(dict(zip(sorted(frame["period"].unique()), dates, strict=True)))
    panel = replace(random_panel(2), grain=grain, frame=frame.assign(period=moved))
    record = build_record(panel, design_of({"name": "Win rate", "formula": "won / closed", "weight": 1}))
    assert record.grain == ("quarter" if grain == "quarter" else "month")
    assert record.n_periods == {"day": 1, "week": 2, "quarter": 12}[grain]
    if grain == "quarter":
        assert record.periods.astype("datetime64[D]").tolist() == dates.to_numpy("datetime64[D]").tolist()
    assert run_checks(record).kpis[0].verdict.name in VERDICTS


@pytest.mark.parametrize(("reps", "periods"), [(1, 1), (2, 2), (3, 5), (6, 2)])
def test_every_picture_can_be_drawn_of_the_thinnest_record(reps, periods):
    rng = np.random.default_rng(0)
    record = record_of(rng.normal(size=(2, reps, periods)), rng.normal(size=(reps, periods)))
    found = run_checks(record, EvidenceOptions(draws=19))
    names = {rep: rep for rep in record.reps}
    dots, lines = rep_charts.rep_line_rows(record.raw[0], record.goal, record.reps, names)
    seasons = rep_charts.season_rows(record.seasons.values[0], record.seasons.names, record.reps, names)
    rows = charts.forest_rows(found, "month"), charts.lag_rows(found.kpis[0]), charts.heatmap_rows(found, "month")
    drawn = [
        charts.forest_chart(rows[0], dict.fromkeys(record.kpis, "watch"), 0.2),
        charts.lag_chart(rows[1], "month", 0.2),
        charts.heatmap_chart(rows[2], record.kpis, "month"),
        charts.segment_chart(charts.segment_rows(found.kpis[0]), 0.2),
        rep_charts.rep_lines_chart(dots, lines, "x", "y"),
        rep_charts.stability_chart(seasons, "x"),
    ]
    assert all(picture.to_dict()["$schema"] for picture in drawn)
    alts = [charts.forest_alt(rows[0]), charts.lag_alt(rows[1], "month"), charts.heatmap_alt(rows[2]),
            rep_charts.rep_lines_alt(dots, lines, "x", "y"), rep_charts.stability_alt(seasons, "x")]  # fmt: skip
    assert not any("nan" in text for text in alts)
