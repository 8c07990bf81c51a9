"""The conversation: what its truth says is in the committed files, seen by plain pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.samples import raw

SLUG = "the-conversation"
PHASES = raw.truth(SLUG)["phases"]


@pytest.fixture(scope="module")
def calls() -> pd.DataFrame:
    return raw.read(SLUG, "calls.csv.gz", "started")


@pytest.fixture(scope="module")
def reached(calls: pd.DataFrame) -> pd.DataFrame:
    """Calls by rep that got to each step, dials first."""
    steps = {phase["name"]: calls["outcome"].isin(phase["reached_by"]) for phase in PHASES}
    return pd.DataFrame({"Dialled": True, **steps}).groupby(calls["rep"]).sum()


@pytest.fixture(scope="module")
def rates(reached: pd.DataFrame) -> pd.DataFrame:
    """Share of each rep's calls that got on from the step before."""
    return (reached / reached.shift(axis=1)).iloc[:, 1:]


def held() -> pd.Series:
    meetings = raw.read(SLUG, "meetings.csv", "planned_for")
    return meetings[meetings["held"] == "yes"].groupby("rep").size()


def test_the_best_rep_at_each_step_is_far_ahead_and_another_each_time(rates: pd.DataFrame) -> None:
    best = {phase["name"]: phase["best_rep"] for phase in PHASES}
    assert rates.idxmax().to_dict() == best
    assert len(set(best.values())) == 5
    for step in rates:
        first, second = rates[step].nlargest(2)
        assert first - second > 2 * rates[step].drop(best[step]).std(ddof=1) or first / second > 1.25


def test_rates_are_those_planted_up_to_chance(reached: pd.DataFrame, rates: pd.DataFrame) -> None:
    for before, phase in zip(reached, PHASES, strict=False):
        chance = np.sqrt(phase["rate"] * (1 - phase["rate"]) / reached[before].sum())
        assert reached[phase["name"]].sum() / reached[before].sum() == pytest.approx(
            phase["rate"], abs=6 * chance + 0.01
        )
        assert rates[phase["name"]].std() / rates[phase["name"]].mean() == pytest.approx(phase["spread"], abs=0.05)


def test_the_first_step_has_by_far_the_widest_spread(rates: pd.DataFrame) -> None:
    spread = rates.std() / rates.mean()
    assert spread.idxmax() == "Reached"
    assert spread["Reached"] > 2 * spread.drop("Reached").max()


def test_everybody_dials_alike_from_the_same_lists(calls: pd.DataFrame) -> None:
    dials = calls.groupby("rep").size()
    shares = pd.crosstab(calls["rep"], calls["list"], normalize="index")
    assert dials.std() / dials.mean() < 0.03
    assert abs(raw.rank_link(dials, held())) < 0.35
    assert shares.std().max() < 0.015


def test_meetings_follow_who_is_reached_and_no_rep_is_best_at_all_steps(rates: pd.DataFrame) -> None:
    assert raw.rank_link(rates["Reached"], held()) > 0.5
    assert (rates.rank(ascending=False) <= 5).sum(axis=1).max() <= 4


def test_more_people_pick_up_early_and_late_and_reps_keep_different_hours(calls: pd.DataFrame) -> None:
    picked_up = calls["outcome"].isin(PHASES[0]["reached_by"])
    hour = calls["started"].dt.hour
    assert picked_up[hour.isin([8, 9, 16, 17])].mean() > 3.5 * picked_up[hour.isin([12, 13])].mean()
    good_hours = hour.isin([8, 9, 16, 17]).groupby(calls["rep"]).mean()
    assert raw.rank_link(good_hours, picked_up.groupby(calls["rep"]).mean()) > 0.9


def test_the_first_step_varies_more_than_chance_between_reps(reached: pd.DataFrame) -> None:
    """Tarone's statistic for extra-binomial spread: z = (S − Σn) / √(2Σn(n−1)); beyond 5 leaves no doubt."""
    n, x = reached["Dialled"], reached["Reached"]
    p = x.sum() / n.sum()
    s = ((x - n * p) ** 2).sum() / (p * (1 - p))
    assert (s - n.sum()) / np.sqrt(2 * (n * (n - 1)).sum()) > 5


def test_reps_reach_alike_at_the_same_hour(calls: pd.DataFrame) -> None:
    """The hour takes nearly all of the differences at the first step, and none of those at the second."""
    hour = calls["started"].dt.hour
    for step, explained in ((0, (0.97, 1.0)), (1, (-0.2, 0.05))):
        tries = calls["outcome"].isin(PHASES[step - 1]["reached_by"]) if step else pd.Series(True, calls.index)
        hit = calls["outcome"].isin(PHASES[step]["reached_by"])[tries]
        own = hit.groupby(calls["rep"][tries]).mean()
        expected = hour[tries].map(hit.groupby(hour[tries]).mean()).groupby(calls["rep"][tries]).mean()
        share = 1 - ((own - expected) ** 2).sum() / ((own - own.mean()) ** 2).sum()
        assert explained[0] < share < explained[1]
    assert raw.truth(SLUG)["verdicts"]["phases"]["cause_at_first"] == "hour"
