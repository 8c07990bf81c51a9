"""Many ways to sell: what its truth says is in the committed files, seen by plain pandas."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.samples import raw

SLUG = "many-ways-to-sell"
STYLES = raw.truth(SLUG)["verdicts"]["style"]["styles"]
OWN = {"call": "calls", "e-mail": "emails", "social": "social", "campaign": "campaigns"}


@pytest.fixture(scope="module")
def months() -> pd.DataFrame:
    """One row per rep and month employed: counts by channel, conversations, sales."""
    activity = raw.read(SLUG, "activity.csv", "day")
    return raw.counted(
        raw.employed(SLUG, "2024-04-01", "2025-06-30"),
        **{name: raw.total(activity, name) for name in OWN.values()},
        conversations=raw.count(raw.read(SLUG, "conversations.csv", "held_on")),
        sales=raw.total(raw.read(SLUG, "orders.csv", "ordered_on"), "amount"),
    )


def test_the_four_styles_sell_the_same(months: pd.DataFrame) -> None:
    sales = pd.Series({style: months.loc[reps, "sales"].mean() for style, reps in STYLES.items()})
    assert all(len(reps) == 6 for reps in STYLES.values())
    assert sales.max() / sales.min() < 1.1


def test_each_rep_lives_by_one_channel(months: pd.DataFrame) -> None:
    standard = months.groupby("rep")[list(OWN.values())].mean().rank().idxmax(axis=1)
    lives_by = {rep["rep"]: OWN[rep["style"]] for rep in raw.truth(SLUG)["reps"]}
    assert (standard == pd.Series(lives_by)[standard.index]).mean() > 0.9
    for style, reps in STYLES.items():
        others = [rep for other, those in STYLES.items() if other != style for rep in those]
        assert months.loc[reps, OWN[style]].mean() > 3 * months.loc[others, OWN[style]].mean()


def test_the_dials_scorecard_puts_the_six_callers_first_most_of_whom_sell_below_the_middle(
    months: pd.DataFrame,
) -> None:
    sums, means = months.groupby("rep").sum(), months.groupby("rep").mean()
    dials = (100 * sums["calls"] / sums["workdays"] / 50).clip(0, 120)
    score = 0.6 * dials + 0.4 * (100 * means["conversations"] / 36).clip(0, 120)
    assert set(score.nlargest(6).index) == set(STYLES["call"])
    tickers = raw.truth(SLUG)["verdicts"]["replay"]["box_tickers"]
    assert (means["sales"][tickers] < means["sales"].median()).all()


def test_dials_say_something_about_callers_alone(months: pd.DataFrame) -> None:
    after = raw.next_month(raw.within(months["sales"]))
    own = raw.within(months["calls"])
    is_caller = months.index.get_level_values("rep").isin(STYLES["call"])
    assert raw.kpis(SLUG)["Dials"]["works_for"] == STYLES["call"]
    assert raw.rank_link(own[is_caller], after[is_caller]) > 0.25
    assert abs(raw.rank_link(own[~is_caller], after[~is_caller])) < 0.12


@pytest.mark.parametrize("style", [*OWN])
def test_conversations_bring_sales_in_every_style(months: pd.DataFrame, style: str) -> None:
    after = raw.next_month(raw.within(months["sales"]))
    ours = months.index.get_level_values("rep").isin(STYLES[style])
    assert raw.rank_link(raw.within(months["conversations"])[ours], after[ours]) > 0.2


def test_across_reps_conversations_go_with_sales_and_dials_do_not(months: pd.DataFrame) -> None:
    means = months.groupby("rep").mean()
    assert raw.rank_link(means["conversations"], means["sales"]) > 0.8
    assert abs(raw.rank_link(means["calls"], means["sales"])) < 0.3
