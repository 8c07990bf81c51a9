"""Weights from the data: the fit against scipy's own, planted weights, and no advice without grounds."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import nnls

from tests.scoring.panels import design_of, panel_of
from workbench.cli.main import main
from workbench.errors import InputError
from workbench.weights.ridge import (
    PENALTIES,
    fit_leaving_out_each_rep,
    fit_ridge,
    fit_with_best_penalty,
    sum_products_by_rep,
)
from workbench.weights.suggest_weights import suggest_weights


def planted(seed, truth, n_reps=24, n_periods=10, noise=2.0):
    """Persistent reps, one KPI per entry of ``truth``, a common season, and a goal that weighs the KPIs by it."""
    rng = np.random.default_rng(seed)
    rep, month = np.repeat(np.arange(n_reps), n_periods), np.tile(np.arange(n_periods), n_reps)
    z = 0.7 * rng.normal(size=(n_reps, len(truth)))[rep] + 0.7 * rng.normal(size=(len(rep), len(truth)))
    season = rng.normal(size=n_periods)[month]
    goal = z @ np.array(truth) + noise * rng.normal(size=len(rep)) + 2 * season
    frame = pd.DataFrame({"rep": [f"rep {i:02}" for i in rep], "sales": 1000 + 100 * goal})
    frame["period"] = pd.date_range("2024-01-01", periods=n_periods, freq="MS")[month]
    return panel_of(frame.assign(**{f"k{i}": 100 + 12 * (column + season) for i, column in enumerate(z.T)}))


def design_for(n_kpis, **changes):
    kpis = [{"name": f"k{i}", "formula": f"k{i}", "target": 100, "weight": 1} for i in range(n_kpis)]
    return design_of(*kpis, cap=500, **changes)


def test_the_fit_is_nnls_on_augmented_rows():
    rng = np.random.default_rng(0)
    z, reps = rng.normal(size=(120, 4)), np.repeat(np.arange(12), 10)
    y = z @ [2, 1, 0.2, -0.5] + rng.normal(size=120)
    level = max(0, (z.sum(axis=1) @ y) / (z.sum(axis=1) @ z.sum(axis=1)))
    for penalty in (0.03, 1, 30):
        root = np.sqrt(penalty * 120)
        expected, _ = nnls(np.vstack([z, root * np.eye(4)]), np.concatenate([y, np.full(4, root * level)]))
        assert fit_ridge(sum_products_by_rep(z, y, reps, 12).together(), penalty) == pytest.approx(
            expected / expected.sum(), abs=1e-8
        )


@pytest.mark.parametrize("unit", [0.01, 100])
def test_a_kpi_in_cents_gets_the_weight_it_has_in_euros(unit):
    rng = np.random.default_rng(0)
    z, reps = rng.normal(size=(60, 3)), np.repeat(np.arange(6), 10)
    y = z @ [3, 1, 0] + rng.normal(size=60)
    expected = fit_ridge(sum_products_by_rep(z, y, reps, 6).together(), 1.0)
    assert expected[0] > 0.4
    assert fit_ridge(sum_products_by_rep(unit * z, y, reps, 6).together(), unit**2) == pytest.approx(expected)
    assert fit_ridge(sum_products_by_rep(z, unit * y, reps, 6).together(), 1.0) == pytest.approx(expected)


def test_without_end_of_shrinkage_or_without_evidence_weights_are_equal():
    rng = np.random.default_rng(0)
    z, reps = rng.normal(size=(60, 3)), np.repeat(np.arange(6), 10)
    assert fit_ridge(sum_products_by_rep(z, z[:, 0], reps, 6).together(), np.inf) == pytest.approx([1 / 3] * 3)
    assert fit_ridge(sum_products_by_rep(z, -z.sum(axis=1), reps, 6).together(), 1e9) == pytest.approx([1 / 3] * 3)
    assert fit_ridge(sum_products_by_rep(0 * z, z[:, 0], reps, 6).together(), 1.0) == pytest.approx([1 / 3] * 3)
    assert fit_with_best_penalty(sum_products_by_rep(z, 0 * z[:, 0], reps, 6))[1] == np.inf


def test_leaving_a_rep_out_is_fitting_the_others():
    rng = np.random.default_rng(0)
    z, reps = rng.normal(size=(120, 3)), np.repeat(np.arange(12), 10)
    y = z @ [3, 1, 0] + 0.1 * rng.normal(size=120)
    others = reps != 4
    without = sum_products_by_rep(z[others], y[others], reps[others], 12).together()
    assert fit_leaving_out_each_rep(sum_products_by_rep(z, y, reps, 12))[4] in [
        pytest.approx(fit_ridge(without, p)) for p in PENALTIES
    ]


def test_planted_weights_are_found_and_recommended():
    found = suggest_weights(planted(1, [4, 1, 0, 0]), design_for(4))
    assert found.recommendation == "suggested_weights"
    assert found.weights["k0"] > 60
    assert found.weights["k1"] == pytest.approx(20, abs=10)
    assert sum(found.weights.values()) == pytest.approx(100)
    assert found.new_reps.rho > found.equal_new_reps.rho
    assert found.low["k0"] <= found.weights["k0"] <= found.high["k0"]


def test_targets_that_halve_every_point_change_nothing():
    panel, design = planted(1, [4, 1, 0, 0], n_reps=18, noise=4), design_for(4)
    half = design.model_copy(update={"kpis": tuple(k.model_copy(update={"target": 200.0}) for k in design.kpis)})
    found, other = suggest_weights(panel, design), suggest_weights(panel, half)
    assert 0 < found.penalty < np.inf
    assert other.penalty == found.penalty
    assert other.weights == pytest.approx(found.weights)


def advised(truth, seeds=12, **world):
    return [
        suggest_weights(planted(seed, truth, **world), design_for(len(truth))).recommendation for seed in range(seeds)
    ]


@pytest.mark.parametrize("truth", [[1, 1, 1, 1], [0, 0, 0, 0]], ids=["equal is true", "nothing goes with the goal"])
@pytest.mark.parametrize("n_reps", [16, 24])
def test_fitted_weights_are_hardly_ever_recommended_without_grounds(truth, n_reps):
    assert advised(truth, n_reps=n_reps, noise=3).count("suggested_weights") <= 1


def test_a_real_difference_is_recommended():
    assert advised([4, 1, 0, 0], seeds=8, noise=3).count("suggested_weights") >= 7


def turned(seed):
    """The first KPI carries the goal for two thirds of the time; then the two do alike."""
    before, after = planted(seed, [3, 0], n_periods=12, noise=1), planted(seed, [1.5, 1.5], n_periods=12, noise=1)
    late = after.frame["period"] >= "2024-09"
    return panel_of(pd.concat([before.frame[~late], after.frame[late]]).sort_values(["rep", "period"]))


def test_a_gain_that_did_not_last_is_not_recommended():
    for seed in range(4):
        found = suggest_weights(turned(seed), design_for(2))
        assert found.better_on_new_reps
        assert found.out_of_time.rho < found.equal_out_of_time.rho
        assert found.recommendation == "equal_weights"


def test_the_gain_is_the_difference_of_the_two_agreements():
    found = suggest_weights(planted(1, [4, 1, 0, 0]), design_for(4))
    rhos = [(found.new_reps, found.equal_new_reps, found.gain), (found.out_of_time, found.equal_out_of_time,
                                                                   found.late_gain)]  # fmt: skip
    for fitted, equal, gain in rhos:
        assert gain.value == pytest.approx(np.arctanh(fitted.rho) - np.arctanh(equal.rho))
        assert (gain.n_reps, gain.beyond_noise) == (24, gain.value > gain.error)


def test_few_reps_get_no_advice():
    found = suggest_weights(planted(1, [4, 0], n_reps=14), design_for(2))
    assert found.recommendation == "not_enough_reps"
    assert found.n_reps == 14


@pytest.mark.parametrize("n_periods", [1, 2, 3])
def test_a_short_history_is_judged_without_falling_over(n_periods):
    found = suggest_weights(planted(1, [1, 1], n_reps=20, n_periods=n_periods), design_for(2))
    assert found.recommendation == "equal_weights"
    assert found.out_of_time.n == 20


def test_later_periods_are_the_last_third():
    assert suggest_weights(planted(1, [1, 1], n_reps=16, n_periods=9), design_for(2)).out_of_time.n == 16 * 3


def test_a_useless_kpi_and_near_copies_are_named():
    panel = planted(2, [3, 0], noise=1)
    frame = panel.frame.assign(k2=panel.frame["k0"] + 0.01, k1=100 - panel.frame["k0"] + panel.frame["k1"])
    found = suggest_weights(panel_of(frame), design_for(3))
    assert found.useless == ("k1",)
    assert found.near_copies == (("k0", "k2"),)


def test_a_kpi_that_contains_the_goal_is_fitted_to_the_next_period():
    panel = planted(3, [2, 1])
    design = design_for(2)
    own = design.model_copy(update={"kpis": (*design.kpis[:1], design.kpis[1].model_copy(update={"formula": "sales"}))})
    assert suggest_weights(panel, own).horizon == 1
    assert suggest_weights(panel, design).horizon == 0
    assert suggest_weights(panel, design, horizon=1).in_sample.n == 24 * 9


def test_a_goal_where_less_is_better_turns_the_sign():
    panel = planted(4, [3, 0], noise=1)
    turned = panel_of(panel.frame.assign(sales=5000 - panel.frame["sales"]))
    design = design_for(2, goal={"measure": "sales", "direction": "lower"})
    assert suggest_weights(turned, design).weights == pytest.approx(suggest_weights(panel, design_for(2)).weights)


def test_off_kpis_stay_out_and_one_kpi_is_refused():
    design = design_for(3)
    off = design.model_copy(update={"kpis": (*design.kpis[:2], design.kpis[2].model_copy(update={"weight": 0}))})
    assert set(suggest_weights(planted(1, [1, 1, 1]), off).weights) == {"k0", "k1"}
    with pytest.raises(InputError, match="too_little"):
        suggest_weights(planted(1, [1]), design_for(1))


def test_the_command_prints_the_promised_keys(tmp_path, capsys):
    panel = planted(1, [4, 1], n_periods=6)
    panel.frame.to_csv(tmp_path / "rows.csv", index=False)
    measures = [{"name": name, "aggregate": "sum", "column": name} for name in ("sales", "k0", "k1")]
    source = {"name": "rows", "location": "rows.csv", "rep": "rep", "date": "period", "measures": measures}
    (tmp_path / "d.json").write_text(json.dumps({"name": "t", "sources": [source]}))
    kpis = [{"name": f"k{i}", "formula": f"k{i}", "target": 100, "weight": 1} for i in range(2)]
    (tmp_path / "s.json").write_text(json.dumps({"name": "d", "goal": {"measure": "sales", "target": 1}, "kpis": kpis}))
    assert main(["suggest", str(tmp_path / "d.json"), str(tmp_path / "s.json"), "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert set(out) >= {"weights", "agreement_in_sample", "agreement_out_of_time", "equal_weights_out_of_time",
                        "recommendation"}  # fmt: skip
    found = suggest_weights(panel, design_of(*kpis, goal={"measure": "sales", "target": 1}))
    assert out["weights"] == pytest.approx(found.weights, rel=1e-6)
    assert (out["gain"], out["wins"]) == pytest.approx((found.gain.value, found.gain.wins))
    assert out["late_gain_beyond_noise"] == found.better_later
    assert main(["suggest", str(tmp_path / "d.json"), str(tmp_path / "s.json")]) == 0
    assert "new reps" in capsys.readouterr().out
