"""The dials floor: what its truth says is in the committed files, seen by plain pandas."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.samples import raw

SLUG = "dials-floor"
FAKERS = raw.reps_with(SLUG, "faker")
HONEST = raw.reps_with(SLUG, "honest_seller")
GOAL, REWARD = 20_000, "2024-07"


@pytest.fixture(scope="module")
def calls() -> pd.DataFrame:
    return raw.read(SLUG, "calls.csv.gz", "started")


@pytest.fixture(scope="module")
def months(calls: pd.DataFrame) -> pd.DataFrame:
    """One row per rep and month employed: workdays, dials, messages, meetings, quotes, sales."""
    return raw.counted(
        raw.employed(SLUG, "2024-01-01", "2025-06-30"),
        dials=raw.count(calls),
        messages=raw.count(raw.read(SLUG, "messages.csv.gz", "sent")),
        meetings=raw.count(raw.read(SLUG, "meetings.csv", "held_on")),
        quotes=raw.count(raw.read(SLUG, "quotes.csv", "quoted_on")),
        sales=raw.total(raw.read(SLUG, "orders.csv", "ordered_on"), "amount"),
    )


@pytest.fixture(scope="module")
def reps(months: pd.DataFrame) -> pd.DataFrame:
    """One row per rep: dials per workday, and the others per month."""
    sums, means = months.groupby("rep").sum(), months.groupby("rep").mean()
    return means.assign(dials=sums["dials"] / sums["workdays"])


@pytest.fixture(scope="module")
def team(months: pd.DataFrame) -> pd.DataFrame:
    sums, means = months.groupby("month").sum(), months.groupby("month").mean()
    communications = (sums["dials"] + sums["messages"]) / sums["workdays"]
    return pd.DataFrame(
        {"dials": sums["dials"] / sums["workdays"], "communications": communications, "sales": means["sales"]}
    )


def part(frame: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    month = frame.index.get_level_values("month")
    return frame[(month >= pd.Period(first, "M")) & (month <= pd.Period(last, "M"))]


def points(values: pd.Series, target: float) -> pd.Series:
    return (100 * values / target).clip(0, 120)


def score(reps: pd.DataFrame, dials_weight: float) -> pd.Series:
    others = 15 * points(reps["quotes"], 8) + 15 * points(reps["meetings"], 14)
    return (dials_weight * points(reps["dials"], 50) + others) / (dials_weight + 30)


def test_it_is_24_reps_over_18_months_a_third_of_them_faking(months: pd.DataFrame) -> None:
    assert months.index.get_level_values("rep").nunique() == 24
    assert months.index.get_level_values("month").nunique() == 18
    assert len(FAKERS) == 8


def test_fakers_dials_are_empty_from_the_reward_on_and_not_before(calls: pd.DataFrame) -> None:
    late = (calls["started"].dt.hour >= 19) | (calls["started"].dt.day_of_week >= 5)
    empty = late | (calls["seconds"] < 10)
    before = calls["month"] < REWARD
    assert empty[before].groupby(calls["rep"][before]).mean().max() < 0.15
    in_reward = calls["month"].between(pd.Period("2024-09", "M"), pd.Period("2024-12", "M"))
    share = empty[in_reward].groupby(calls["rep"][in_reward]).mean()
    assert share[FAKERS].min() > 0.5
    assert share.drop(FAKERS).max() < 0.15


@pytest.mark.parametrize(
    ("way", "sign"),
    [
        ("dead numbers", lambda calls: calls["outcome"] == "not in service"),
        ("operators", lambda calls: calls["outcome"] == "operator"),
        ("after hours", lambda calls: calls["started"].dt.hour >= 19),
    ],
)
def test_each_faker_fakes_in_the_way_that_was_planted(calls: pd.DataFrame, way: str, sign: object) -> None:
    autumn = calls[calls["month"].between(pd.Period("2024-10", "M"), pd.Period("2024-12", "M"))]
    share = sign(autumn).groupby(autumn["rep"]).mean()
    planted = {rep["rep"]: rep["fakes"]["how"][way] for rep in raw.truth(SLUG)["reps"] if rep["fakes"]}
    assert raw.rank_link(share[FAKERS], pd.Series(planted)) > 0.75
    assert share[max(planted, key=planted.get)] > 3 * share.drop(FAKERS).max()


def test_fakers_call_the_same_few_numbers_over_and_over(calls: pd.DataFrame) -> None:
    november = calls[calls["month"] == "2024-11"]
    per_week = november.groupby(["rep", november["started"].dt.isocalendar().week, "phone"]).size()
    often = (per_week >= 5).groupby("rep").sum()
    assert often[FAKERS].min() > 20
    assert often.drop(FAKERS, errors="ignore").max() == 0


def test_team_made_its_dials_and_missed_its_sales_three_months_in_a_row_and_never_longer(team: pd.DataFrame) -> None:
    ticked = (team["dials"] >= 50) & (team["sales"] < GOAL)
    runs = [(str(run.index[0]), str(run.index[-1]), len(run)) for run in split_runs(ticked)]
    planted = raw.truth(SLUG)["runs"]
    assert runs == [(run["first"], run["last"], run["n_periods"]) for run in planted] == [("2024-10", "2024-12", 3)]


def split_runs(flags: pd.Series) -> list[pd.Series]:
    number = (flags != flags.shift()).cumsum()
    return [run for _, run in flags.groupby(number) if run.iloc[0]]


def test_fakers_lead_the_scorecard_and_sell_below_the_middle(reps: pd.DataFrame) -> None:
    ranked = score(reps, 70).sort_values(ascending=False).index
    assert set(ranked[:6]) <= set(FAKERS)
    assert set(FAKERS) <= set(ranked[:12])
    assert reps["sales"][FAKERS].max() < reps["sales"].median()
    assert reps["sales"][HONEST].min() > reps["sales"].median()


def test_without_dials_the_honest_sellers_rise(reps: pd.DataFrame) -> None:
    before, after = (score(reps, weight).rank(ascending=False) for weight in (70, 0))
    risen = raw.truth(SLUG)["verdicts"]["preview"]["risen_without_dials"]
    assert (after[risen] < before[risen]).all()
    assert (after[HONEST] <= before[HONEST]).all()
    assert (after[FAKERS] > before[FAKERS]).all()
    assert raw.rank_link(score(reps, 0), reps["sales"]) > 0.8 > 0.2 > raw.rank_link(score(reps, 70), reps["sales"])


def test_dials_told_something_until_they_were_rewarded(months: pd.DataFrame) -> None:
    links = {}
    for when, first, last in (("before", "2024-01", "2024-06"), ("rewarded", "2024-09", "2024-12")):
        means = part(months, first, last).groupby("rep").mean()
        links[when] = raw.rank_link(means["dials"], means["sales"])
    assert links["before"] > 0.4
    assert links["rewarded"] < links["before"] - 0.4


def test_a_month_with_more_meetings_is_followed_by_more_sales_and_one_with_more_dials_is_not(
    months: pd.DataFrame,
) -> None:
    after = raw.next_month(raw.within(months["sales"]))
    assert raw.rank_link(raw.within(months["meetings"]), after) > 0.3
    assert abs(raw.rank_link(raw.within(months["dials"] / months["workdays"]), after)) < 0.15


def test_leavers_were_honest_sellers_who_made_the_sales_goal_and_missed_the_dials_goal(months: pd.DataFrame) -> None:
    leavers = raw.reps_with(SLUG, "leaver")
    assert len(leavers) == 4
    assert set(leavers) <= set(HONEST)
    rewarded = part(months, "2024-07", "2024-11").loc[leavers]
    assert (rewarded["dials"] / rewarded["workdays"] < 50).mean() > 0.7
    assert rewarded.groupby("rep")["sales"].mean().median() > GOAL


def test_after_the_pivot_messages_take_the_place_of_dials_and_sales_come_back(team: pd.DataFrame) -> None:
    before, after = team.loc["2024-10":"2024-12"], team.loc["2025-03":"2025-06"]
    assert after["dials"].max() < 40
    assert after["communications"].mean() == pytest.approx(70, abs=6)
    assert (after["sales"] > GOAL).all()
    assert after["sales"].mean() > 1.5 * before["sales"].mean()
