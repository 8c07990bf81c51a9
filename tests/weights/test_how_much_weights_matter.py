"""Influence, sweeps, rank ranges, drop-one: against slow loops, known results and planted structure."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.effort import examples
from tests.replay.stories import FLOOR, SAMPLES, WAYS, story
from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, panel_of, random_panel
from workbench.cli.main import main
from workbench.design.model import Scoring
from workbench.design.weighted_kpis import unweighted
from workbench.scoring.baselines import measure_score_agreement
from workbench.scoring.history import score_history
from workbench.scoring.ranks import rank_values
from workbench.scoring.scorecard import scores_from_points
from workbench.scoring.values import rep_values
from workbench.weights.batch_scores import ranks_under, scores_under
from workbench.weights.drop_one import drop_one
from workbench.weights.effective_shares import (
    effective_shares,
    solve_weights_for_correlations,
    solve_weights_for_shares,
)
from workbench.weights.rank_agreement import rank_agreements
from workbench.weights.rank_ranges import (
    draw_weights,
    rank_ranges_by_both,
    rank_ranges_by_periods,
    rank_ranges_by_weights,
)
from workbench.weights.resample import resample_points
from workbench.weights.score_spread import points_without_months
from workbench.weights.sensitivity import compare_scoring_rules
from workbench.weights.sweep import sweep_share
from workbench.weights.weight_impact import measure_weight_impact


@pytest.mark.parametrize("name", ["dials-floor", "quotes-desk", "many-ways-to-sell", "the-conversation"])
def test_one_scorecard_has_one_link_with_the_next_period(name: str) -> None:
    """Of the headline, of every strip at today's weight, before a KPI is left out, and under today's rules."""
    panel, design, _ = story(name)
    history = score_history(panel, design)
    headline = measure_score_agreement(history).next_period.rho
    dropped, rules = drop_one(history, 8), compare_scoring_rules(panel, design)
    told = [*(dropped["next_period"] - dropped["next_change"]).dropna(), *rules[rules["today"]]["next_period"]]
    for k in np.flatnonzero([kpi.weight > 0 for kpi in design.kpis]):
        strip = sweep_share(history, int(k), 8)
        assert strip.next_period[np.abs(strip.shares - strip.share).argmin()] == pytest.approx(headline, abs=0.03)
    assert told == pytest.approx([headline] * len(told), abs=0.002)


def scored_history(seed=1, gaps=True, *kpis, **scoring):
    return score_history(random_panel(seed, gaps=gaps), design_of(*(kpis or (CALLS, MEETINGS, WIN_RATE)), **scoring))


@settings(max_examples=examples(30))
@given(
    st.integers(0, 99),
    st.sampled_from(["mean", "geometric", "minimum"]),
    st.sampled_from(["reweight", "zero", "exclude"]),
)
def test_many_weights_at_once_are_the_same_as_one_after_the_other(seed, combine, missing):
    rng = np.random.default_rng(seed)
    points = np.where(rng.random((6, 3)) < 0.2, np.nan, rng.uniform(0, 120, (6, 3)))
    weights = np.where(rng.random((9, 3)) < 0.3, 0, rng.uniform(1, 50, (9, 3)))
    rules = Scoring(combine=combine, missing=missing)
    expected = np.column_stack([scores_from_points(points, list(w), rules) for w in weights])
    assert scores_under(points, weights, rules) == pytest.approx(expected, nan_ok=True)
    assert ranks_under(expected) == pytest.approx(np.column_stack([rank_values(c) for c in expected.T]), nan_ok=True)
    rowwise = scores_from_points(points, weights[:6], rules)
    assert rowwise == pytest.approx(np.diag(expected[:, :6]), nan_ok=True)


def test_agreements_under_many_weights_are_those_of_the_backtest():
    scored = scored_history()
    sets = np.array([[30, 50, 20], [0, 1, 0], [5, 0, 95.0]])
    across, later = rank_agreements(scored, sets)
    expected = [measure_score_agreement(scored.weighted(list(w))) for w in sets]
    assert across == pytest.approx([e.across_reps.rho for e in expected])
    assert later == pytest.approx([e.next_period.rho for e in expected])


def independent(n=4000, sds=(15, 15, 15)):
    """Reps whose points are independent and never reach floor or cap."""
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({f"k{i}": 100 + rng.normal(0, sd, n).clip(-90, 90) for i, sd in enumerate(sds)})
    return panel_of(frame.assign(rep=[f"r{i:04}" for i in range(n)], period="2024-01", sales=1.0))


def kpi(i, weight):
    return {"name": f"k{i}", "formula": f"k{i}", "target": 100, "weight": weight}


def test_fifty_thirty_twenty_is_really_sixty_six_twenty_four_ten():
    scored = score_history(independent(), design_of(kpi(0, 50), kpi(1, 30), kpi(2, 20), cap=300))
    found = effective_shares(scored.reps, scored.design)
    assert found["effective"].to_numpy() == pytest.approx([0.66, 0.24, 0.10], abs=0.02)
    assert found["effective"].sum() == pytest.approx(1)
    assert found["r2"].to_numpy() == pytest.approx([0.66, 0.24, 0.10], abs=0.02)


def test_effective_shares_add_up_with_missing_points_and_other_ways_to_combine():
    for combine in ("mean", "geometric", "minimum"):
        scored = scored_history(3, combine=combine)
        assert effective_shares(scored.rep_periods, scored.design)["effective"].sum() == pytest.approx(1)


def test_decorative_dominant_and_copied_kpis_are_named():
    scored = score_history(independent(300, (0.2, 30, 10)), design_of(kpi(0, 50), kpi(1, 30), kpi(2, 20), cap=300))
    assert effective_shares(scored.reps, scored.design)["verdict"].tolist() == ["decorative", "dominant", ""]
    copied = score_history(independent(300), design_of(kpi(0, 50), {**kpi(0, 30), "name": "twin"}, kpi(2, 0), cap=300))
    found = effective_shares(copied.reps, copied.design)
    assert found["verdict"].tolist() == ["near copy", "near copy", ""]
    assert found["copy_of"].tolist()[:2] == ["twin", "k0"]


def test_copies_are_claimed_of_enough_reps_alone():
    for n, expected in ((7, None), (8, "twin")):
        scored = score_history(independent(n), design_of(kpi(0, 50), {**kpi(0, 30), "name": "twin"}, cap=300))
        assert effective_shares(scored.reps, scored.design)["copy_of"][0] == expected


def test_nine_weeks_are_two_months():
    weeks = pd.MultiIndex.from_product([["a", "b", "c"], pd.date_range("2024-01-01", periods=9, freq="7D")])
    frame = weeks.to_frame(index=False, name=["rep", "period"])
    rng = np.random.default_rng(1)
    panel = panel_of(frame.assign(calls=rng.poisson(40, 27), meetings=rng.poisson(4, 27), sales=rng.poisson(400, 27)))
    panel = replace(panel, grain="week")
    found = rank_ranges_by_both(panel, score_history(panel, design_of(CALLS, MEETINGS)))
    assert (found.months, found.too_short) == (2, True)


def test_a_kpi_without_values_is_named_and_leaves_the_influence_of_the_others_as_it_is():
    measured = scored_history(4)
    scored = scored_history(4, True, {"name": "No formula yet", "weight": 25}, CALLS, MEETINGS, WIN_RATE)
    found = effective_shares(scored.reps, scored.design)
    assert found["verdict"][0] == "no values"
    expected = effective_shares(measured.reps, measured.design)["effective"]
    assert found["effective"].tolist() == pytest.approx([0, *expected])


@pytest.mark.parametrize(
    ("spread", "effective", "verdicts"),
    [
        (3.0, 0.9, ["decorative", "dominant"]),  # 0.1 is below a quarter of the stated half
        (2.0, 0.8, ["", "dominant"]),  # 0.2 is not; 0.8 is more than half as much again as the half
        (1.7, 0.743, ["", ""]),  # 0.743 is above a half, but not half as much again as stated
    ],
)
def test_limits_of_decorative_and_dominant(spread, effective, verdicts):
    """Two KPIs of equal weight without any link: their parts go by the squares of their spreads."""
    signs = {"k0": [1, 1, -1, -1], "k1": [spread, -spread, spread, -spread]}
    frame = pd.DataFrame({name: 100.0 + np.array(sign) for name, sign in signs.items()})
    panel = panel_of(frame.assign(rep=["a", "b", "c", "d"], period="2024-01", sales=1.0))
    scored = score_history(panel, design_of(kpi(0, 50), kpi(1, 50), cap=300))
    found = effective_shares(scored.reps, scored.design)
    assert found["effective"].tolist() == pytest.approx([1 - effective, effective], abs=0.0005)
    assert found["verdict"].tolist() == verdicts
    assert found["copy_of"].tolist() == [None, None]


def test_a_score_that_never_varies_has_no_influence():
    flat = panel_of(pd.DataFrame({"rep": ["a", "b"], "period": "2024-01", "k0": 50.0, "k1": 70.0, "sales": [1, 2]}))
    scored = score_history(flat, design_of(kpi(0, 1), kpi(1, 1)))
    assert effective_shares(scored.reps, scored.design)["effective"].isna().all()


@settings(max_examples=examples(20))
@given(st.integers(0, 1000), st.lists(st.floats(0.05, 1), min_size=3, max_size=3))
def test_weights_for_wanted_effective_shares_give_those_shares(seed, wanted):
    root = np.random.default_rng(seed).normal(size=(3, 3)) * [1, 10, 100]
    covariance = root.T @ root + np.diag([1, 100, 10000])
    weights = solve_weights_for_shares(covariance, wanted)
    shares = weights * (covariance @ weights)
    assert shares / shares.sum() == pytest.approx(np.array(wanted) / sum(wanted), abs=1e-8)
    assert weights.sum() == pytest.approx(100)


def test_weights_for_wanted_correlations_or_none():
    rng = np.random.default_rng(1)
    points = rng.normal(size=(500, 3)) * [1, 5, 20]
    weights = solve_weights_for_correlations(points, [3, 2, 1])
    score = points @ weights
    found = np.array([stats.pearsonr(column, score).statistic for column in points.T])
    assert found / found.sum() == pytest.approx(np.array([3, 2, 1]) / 6)
    points[:, 1] = points[:, 0] + 0.3 * points[:, 1] / 5
    assert solve_weights_for_correlations(points, [1, 0.2, 1]) is None


def test_a_sweep_is_what_typing_the_weights_would_show():
    scored = scored_history(2)
    found = sweep_share(scored, 1, top=3)
    assert (found.share, found.shares[0], found.shares[-1]) == (0.5, 0, 1)
    for at in (0, 37, 100):
        share = found.shares[at]
        typed = scored.weighted([30 / 50 * (1 - share), share, 20 / 50 * (1 - share)])
        assert found.across_reps[at] == pytest.approx(measure_score_agreement(typed).across_reps.rho)
        assert found.next_period[at] == pytest.approx(measure_score_agreement(typed).next_period.rho)
        then, now = (set(np.flatnonzero(rank_values(each.reps.score) <= 3)) for each in (typed, scored))
        assert found.top_kept[at] == len(then & now)


def test_the_safe_span_ends_where_the_top_changes():
    frame = pd.DataFrame(
        {"rep": ["a", "b", "c"], "period": "2024-01", "k0": [90, 50, 10], "k1": [40, 70, 20], "sales": 1}
    )
    scored = score_history(panel_of(frame), design_of(kpi(0, 60), kpi(1, 40)))
    found = sweep_share(scored, 0, top=1)
    crossing = 30 / 70  # 90 s + 40 (1 − s) = 50 s + 70 (1 − s)
    assert found.low == pytest.approx(crossing, abs=0.001)
    assert found.high == 1
    assert found.above is None
    assert found.nearest_flip.share == pytest.approx(crossing, abs=0.001)
    assert (found.nearest_flip.enters, found.nearest_flip.leaves) == (("b",), ("a",))
    assert found.top_kept.tolist() == [share > crossing for share in found.shares]


def test_rank_ranges_against_a_slow_loop():
    scored = scored_history(4)
    found = rank_ranges_by_weights(scored, draws=400)
    drawn = np.array(
        [rank_values(scored.weighted(list(w)).reps.score) for w in draw_weights(scored, 400, 50.0, 20170101)]
    )
    by_name = dict(zip(scored.reps.keys["rep"], drawn.T, strict=True))
    for i, rep in enumerate(found.reps):
        assert found.acceptability[i] == pytest.approx([np.mean(by_name[rep] == r + 1) for r in range(8)])
        assert found.low[i] <= np.median(by_name[rep]) <= found.high[i]
        assert found.low[i] == np.quantile(by_name[rep], 0.05, method="lower")
    assert found.rank.tolist() == sorted(found.rank)
    assert found.acceptability.sum(axis=1) == pytest.approx(np.ones(8))


@pytest.mark.parametrize(("turned", "told_apart"), [(5, True), (6, False)])
def test_a_pair_is_told_apart_if_it_keeps_its_order_in_95_of_100_draws(turned, told_apart):
    """One rep is good at the first KPI only, the other has the same points in both: a share decides who leads."""
    design = design_of(kpi(0, 50), kpi(1, 50))
    row = {"period": "2024-01", "sales": 1.0}
    frame = pd.DataFrame([{"rep": "a", "k0": 100.0, "k1": 0.0, **row}, {"rep": "b", "k0": 0.0, "k1": 0.0, **row}])
    shares = np.sort(draw_weights(score_history(panel_of(frame), design), 100, 50.0, 1)[:, 0])
    frame.loc[1, ["k0", "k1"]] = 100 * shares[turned - 1 : turned + 1].mean()
    found = rank_ranges_by_weights(score_history(panel_of(frame), design), draws=100, seed=1)
    assert found.acceptability[found.reps.index("a")].tolist() == [1 - turned / 100, turned / 100]
    assert found.pairs() == ([("a", ("b",))] if told_apart else [])


def test_drawn_weights_stay_around_the_shares_and_off_stays_off():
    scored = scored_history(4).weighted([30, 70, 0])
    drawn = draw_weights(scored, 5000, 50.0, 1)
    assert drawn.mean(axis=0) == pytest.approx([0.3, 0.7, 0], abs=0.005)
    assert drawn[:, 0].std() == pytest.approx(np.sqrt(0.3 * 0.7 / 51), rel=0.05)


def test_reps_far_apart_stand_alone_and_twins_share_a_tier():
    frame = pd.DataFrame(
        {"rep": list("abcd"), "period": "2024-01", "k0": [100, 80, 70, 10], "k1": [100, 70, 80, 10], "sales": 1}
    )
    found = rank_ranges_by_weights(score_history(panel_of(frame), design_of(kpi(0, 1), kpi(1, 1))))
    assert found.tiers() == [("a",), ("b", "c"), ("d",)]
    assert (found.low.tolist(), found.high.tolist()) == ([1, 2, 2, 4], [1, 3, 3, 4])


@pytest.mark.parametrize("basis", ["per_period", "totals"])
def test_a_draw_of_every_period_once_gives_the_points_of_the_data(basis):
    panel = random_panel(5, gaps=basis == "per_period")
    nested = {"name": "both", "weight": 1, "kpis": [CALLS, {**WIN_RATE, "target": "closed / 10"}]}
    scored = score_history(panel, design_of(nested, MEETINGS, basis=basis))
    assert resample_points(panel, scored, np.ones((1, 6)))[0] == pytest.approx(scored.reps.points)


def test_a_period_without_a_value_counts_for_nothing():
    """Nor do the deals closed in a month whose wins are unknown count in a win rate, here or in the score itself."""
    panel = random_panel(7)
    panel.frame.loc[panel.frame.index % 5 == 2, ["calls", "won"]] = np.nan
    scored = score_history(panel, design_of(CALLS, MEETINGS, WIN_RATE))
    assert resample_points(panel, scored, np.ones((1, 6)))[0] == pytest.approx(scored.reps.points)


def test_resampled_periods_against_a_panel_written_out():
    panel = random_panel(6)
    scored = score_history(panel, design_of(CALLS, WIN_RATE))
    counts = np.random.default_rng(4).multinomial(6, np.full(6, 1 / 6), size=3).astype(float)
    months = sorted(panel.frame["period"].unique())
    for draw, points in zip(counts, resample_points(panel, scored, counts), strict=True):
        copies = [
            panel.frame[panel.frame["period"] == m]
            for m, times in zip(months, draw, strict=True)
            for _ in range(int(times))
        ]
        spread = pd.concat(
            [c.assign(period=pd.Timestamp("2030-01-01") + pd.DateOffset(months=i)) for i, c in enumerate(copies)]
        )
        written = rep_values(panel_of(spread), scored.design.kpis, "per_period").values
        assert points == pytest.approx(np.clip(100 * written / [200, 0.5], 0, 120))


def test_both_kinds_of_doubt_tell_no_more_pairs_apart_than_chance_does():
    panel = story(WAYS)[0]
    scored = score_history(panel, story(WAYS)[1])
    chance, both = rank_ranges_by_periods(panel, scored), rank_ranges_by_both(panel, scored)
    assert 0 < both.above.sum() < chance.above.sum()
    assert not (both.above & ~chance.above).any()
    assert (both.high - both.low).mean() >= (chance.high - chance.low).mean()


def test_a_tier_ends_only_where_all_above_are_told_from_all_below():
    for name in (FLOOR, WAYS):
        panel, design, _ = story(name)
        for found in (
            rank_ranges_by_weights(score_history(panel, design)),
            rank_ranges_by_both(panel, score_history(panel, design)),
        ):
            tier = found.tier
            assert found.above[tier[:, None] < tier[None, :]].all()


def test_drop_one_is_what_typing_a_zero_would_show():
    scored = scored_history(8)
    found = drop_one(scored, top=3).set_index("kpi")
    without = scored.weighted([30, 0, 20])
    shift = np.abs(rank_values(without.reps.score) - rank_values(scored.reps.score))
    assert found.loc["Meetings", "mean_shift"] == pytest.approx(shift.mean())
    assert found.loc["Meetings", "largest_shift"] == shift.max()
    assert found.loc["Meetings", "next_period"] == pytest.approx(measure_score_agreement(without).next_period.rho)
    for top in range(1, 9):
        then, now = (set(np.flatnonzero(rank_values(each.reps.score) <= top)) for each in (without, scored))
        assert drop_one(scored, top)["top_kept"][1] == len(then & now)
    today = measure_score_agreement(scored).across_reps.rho
    assert found.loc["Meetings", "across_change"] == pytest.approx(
        measure_score_agreement(without).across_reps.rho - today
    )


def test_dropping_the_only_kpi_leaves_no_score():
    found = drop_one(score_history(random_panel(1), design_of(CALLS)), top=3)
    assert found[["mean_shift", "top_kept", "across_reps"]].isna().all(axis=None)


@pytest.mark.usefixtures("samples_built_once")
def test_the_command_prints_what_the_page_shows(capsys):
    files = [str(SAMPLES / FLOOR / f"{FLOOR}.{kind}.json") for kind in ("dataset", "design")]
    assert main(["weights", *files, "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    panel, design, _ = story(FLOOR)
    found = measure_weight_impact(score_history(panel, design))
    assert [row["effective"] for row in out["influence"]] == pytest.approx(found.influence["effective"].tolist())
    strip = out["sweeps"][0]
    assert (strip["kpi"], len(strip["steps"]), strip["low"]) == ("Dials", 101, found.sweeps[0].low)
    assert strip["below"]["enters"] == list(found.sweeps[0].below.enters)
    assert strip["steps"][-1]["top_kept"] == found.sweeps[0].top_kept[-1]
    assert [row["mean_shift"] for row in out["without"]] == pytest.approx(found.dropped["mean_shift"].tolist())
    assert (out["rank_ranges"]["draws"], out["rank_ranges"]["months"], out["rank_ranges"]["pairs"]) == (201, 18, [])
    assert len(out["rank_ranges"]["reps"]) == 24
    assert "ends_after" in out["rank_ranges"]
    assert [row["kpi"] for row in out["moves_ranks"]] == ["Dials", "Quotes", "Meetings"]
    assert sum(row["today"] for row in out["other_rules"]) == 1
    assert main(["weights", *files]) == 0
    readable = capsys.readouterr().out
    assert "dominant" in readable
    assert "all reps are tied" in readable


def test_kpis_without_weight_are_left_out_of_what_is_shown() -> None:
    found = measure_weight_impact(score_history(random_panel(1), design_of(CALLS, MEETINGS, {**WIN_RATE, "weight": 0})))
    assert found.weighted_influence["kpi"].tolist() == ["Calls", "Meetings"]
    assert found.weighted_dropped["kpi"].tolist() == ["Calls", "Meetings"]


def test_points_without_a_month_are_those_of_all_weights():
    panel, design, _ = story(FLOOR)
    known = points_without_months(panel, score_history(panel, unweighted(design)))
    for weights in ([70, 15, 15, 0], [5, 60, 30, 5]):
        scored = score_history(panel, unweighted(design)).weighted(weights)
        afresh, shared = rank_ranges_by_both(panel, scored), rank_ranges_by_both(panel, scored, month_points=known)
        assert (afresh.reps, afresh.months, afresh.ends_after) == (shared.reps, shared.months, shared.ends_after)
        for name in ("rank", "low", "high", "tier", "above", "acceptability"):
            assert np.array_equal(
                getattr(afresh, name), getattr(shared, name), equal_nan=name in ("rank", "low", "high")
            )
