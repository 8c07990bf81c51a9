"""Verdicts that hung on how rows were imported, or on months that were cut: each was wrong once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.evidence.planted import record_of
from tests.scoring.panels import panel_of, with_days_at_work
from workbench.data.aggregate.whole_periods import LEAST_SHARE, scale_to_whole_periods, share_of_days_worked
from workbench.evidence.build_record import build_record
from workbench.evidence.calibration.dated_worlds import DESIGN, DatedWorld, draw_panel
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import Evidence, run_checks
from workbench.scoring.days_worked import with_share_worked
from workbench.words.evidence_exposure import exposure_difference_sentence, exposure_sentence

FEW = EvidenceOptions(draws=99)


def report(world: DatedWorld, seed: int = 4) -> Evidence:
    return run_checks(build_record(draw_panel(world, np.random.default_rng(seed)), DESIGN), FEW)


def test_the_same_rows_by_day_week_month_and_quarter_give_the_same_verdict():
    """A lever kept by month was dropped by day, with an interval of .03 to .08 for a link of .29."""
    by_grain = {grain: report(DatedWorld(20, 24, grain=grain)) for grain in ("day", "week", "month", "quarter")}
    assert [by_grain[grain].n_periods for grain in by_grain] == [24, 24, 24, 8]
    lever = {grain: found.kpis[1] for grain, found in by_grain.items()}
    assert {grain: lever[grain].verdict.name for grain in ("day", "week", "month")} == dict.fromkeys(
        ("day", "week", "month"), "keep"
    )
    assert lever["quarter"].verdict.name != "drop"
    rho = {grain: found.findings.validity.within_reps_and_periods.rho for grain, found in lever.items()}
    assert rho["day"] == pytest.approx(rho["month"], abs=1e-12)
    assert rho["week"] == pytest.approx(rho["month"], abs=0.05)
    assert by_grain["day"].kpis[0].verdict.name == by_grain["month"].kpis[0].verdict.name != "keep"


def test_a_delay_without_data_never_beats_one_with_data():
    """Quarterly figures on a monthly grid, ρ .69: "n 0, 1 month later", "not enough data"."""
    rng = np.random.default_rng(1)
    kpi = np.full((20, 24), np.nan)
    kpi[:, ::3] = rng.normal(size=(20, 8))
    goal = np.where(np.isnan(kpi), np.nan, kpi + rng.normal(size=kpi.shape))
    found = run_checks(record_of(kpi[None], goal), FEW).kpis[0]
    lead = found.findings.lead
    assert lead.best_lag == 0
    assert lead.best.rho == pytest.approx(0.69, abs=0.06)
    assert lead.timing == "same_period"
    assert all(np.isfinite(link.rho) for link in lead.ahead)
    assert found.verdict.name != "not enough data"
    useless = run_checks(record_of(np.where(np.isnan(kpi), np.nan, rng.normal(size=kpi.shape))[None], goal), FEW).kpis[
        0
    ]
    assert useless.findings.lead.best_lag in (0, 3)
    assert useless.verdict.name != "keep"


def test_seasons_of_teams_are_judged_where_they_have_data():
    """Teams × seasons, one row a year: r .85 was lost to delays of some months."""
    rng = np.random.default_rng(2)
    kpi = np.full((30, 49), np.nan)
    kpi[:, ::12] = rng.normal(size=(30, 5))
    goal = np.where(np.isnan(kpi), np.nan, kpi + 0.6 * rng.normal(size=kpi.shape))
    found = run_checks(record_of(kpi[None], goal), FEW).kpis[0]
    assert found.findings.lead.best_lag == 0
    assert found.findings.lead.best.rho > 0.8
    assert found.verdict.name != "not enough data"


@pytest.mark.parametrize("cut", ["joining", "vacations"])
def test_noise_that_shares_absence_with_sales_is_not_kept(cut):
    """Independent activity was kept in 10 to 17 % of teams with cut months, and in 92 % with vacations."""
    found = report(DatedWorld(50, 24, cut=cut))
    noise, lever = found.kpis
    counted, worked = noise.findings.validity.as_counted, noise.findings.validity.within_reps_and_periods
    assert counted.low > (0 if cut == "vacations" else worked.low)
    assert worked.low < 0 < worked.high
    assert (noise.verdict.name, lever.verdict.name) == ("drop", "keep")
    assert ("per day worked" in exposure_difference_sentence(noise.findings.validity)) == (cut == "vacations")
    assert "per day worked" in exposure_sentence(found.exposed, "month")


def test_where_days_cannot_be_read_the_page_says_so():
    """With little activity a pause is no absence, and cut months pass for little effort."""
    found = report(DatedWorld(20, 24, cut="joining", per_day=0.15, deals=0.1))
    assert found.exposed.known.n_unreadable == 20
    assert exposure_sentence(found.exposed, "month") == (
        "Days at work are unknown, so absence may look like little effort."
    )


def test_a_day_panel_has_unfinished_months():
    """By day nothing was ever unfinished, so the last days of the data became a poor month."""
    panel = draw_panel(DatedWorld(8, 6, grain="day"), np.random.default_rng(1))
    cut = replace(
        panel, frame=panel.frame[panel.frame["period"] < "2022-06-10"],
        exposure=replace(panel.exposure, days=panel.exposure.days[panel.exposure.days < np.datetime64("2022-06-10")]),
    )  # fmt: skip
    record = build_record(cut, DESIGN)
    assert record.partial == (np.datetime64("2022-06-01"),)
    assert record.n_periods == 5


def test_reps_are_compared_by_days_worked_and_not_by_months():
    """A rep's average gave half a month the weight of a whole one, so that one good week could make a good rep."""
    panel = draw_panel(DatedWorld(12, 12, cut="vacations"), np.random.default_rng(3))
    record = build_record(panel, DESIGN)
    goal = panel.frame.assign(share=share_of_days_worked(panel)).query(f"share >= {LEAST_SHARE}")
    summed = goal.groupby("rep")[[DESIGN.goal.measure, "share"]].sum()
    assert (goal["share"] < 1).sum() > 10
    assert record.rep_goal == pytest.approx((summed[DESIGN.goal.measure] / summed["share"]).to_numpy())
    assert record.as_counted.rep_goal == pytest.approx(
        panel.frame.groupby("rep")[DESIGN.goal.measure].mean().to_numpy()
    )


def test_a_month_in_which_everybody_was_away_keeps_its_days():
    """Its numbers per day were missing from the evidence, and who joined in it was held to half of half a month."""
    frame = pd.DataFrame({"rep": ["Ann", "Bob"], "period": "2024-02", "calls": 10.0, "days": [29.0, 15.0]})
    away = {"Ann": [("2024-02-05", "2024-02-09")], "Bob": [("2024-02-01", "2024-02-14")]}  # 16 and 11 of 21 workdays
    panel = with_days_at_work(panel_of(frame, days="built_in"), away)
    whole, share = scale_to_whole_periods(panel)
    assert share == pytest.approx(np.array([16, 11]) / 21)
    assert whole.frame["calls"].to_numpy() == pytest.approx(10 / share)
    assert whole.frame["days"].tolist() == [29, 29]
    assert with_share_worked(panel).frame["days"].to_numpy() == pytest.approx(29 * share)
