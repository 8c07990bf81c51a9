"""The quotes desk: what its truth says is in the committed files, seen by plain pandas."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.samples import raw

SLUG = "quotes-desk"
PHANTOM = raw.reps_with(SLUG, "phantom_quoter")


@pytest.fixture(scope="module")
def quotes() -> pd.DataFrame:
    return raw.read(SLUG, "quotes.csv", "quoted_on")


@pytest.fixture(scope="module")
def months(quotes: pd.DataFrame) -> pd.DataFrame:
    """One row per rep and whole month employed: quotes, their value, meetings by attendee, notes, sales."""
    meetings = raw.read(SLUG, "meetings.csv", "held_on")
    deciding = meetings["attendee"] == "decision maker"
    return raw.counted(
        raw.employed(SLUG, "2024-01-01", "2025-08-31"),
        quotes=raw.count(quotes),
        value=raw.total(quotes, "amount"),
        deciders=raw.count(meetings[deciding]),
        others=raw.count(meetings[~deciding]),
        notes=raw.total(raw.read(SLUG, "notes.csv", "week_of"), "notes"),
        sales=raw.total(raw.read(SLUG, "orders.csv", "ordered_on"), "amount"),
    )


def test_quotes_nobody_asked_for_come_from_the_six_alone_at_the_months_end_in_round_sums(quotes: pd.DataFrame) -> None:
    unasked = quotes[quotes["enquiry"] == "none"]
    assert set(unasked["rep"]) == set(PHANTOM)
    assert len(PHANTOM) == 6
    assert not (unasked["status"] == "Won").any()
    assert (unasked["amount"] % 2_500 == 0).all()
    assert (unasked["quoted_on"].dt.day >= 25).mean() > 0.45
    assert (quotes.drop(unasked.index)["quoted_on"].dt.day >= 25).mean() < 0.25


def test_those_with_most_quotes_are_in_the_bottom_half_of_sales(months: pd.DataFrame) -> None:
    means = months.groupby("rep").mean()
    assert set(means["quotes"].nlargest(6).index) == set(PHANTOM)
    assert means["sales"][PHANTOM].max() < means["sales"].median()
    assert means["sales"][raw.reps_with(SLUG, "honest_seller")].min() > means["sales"].median()
    assert raw.rank_link(means["quotes"], means["sales"]) < 0


@pytest.mark.parametrize(
    ("measure", "across", "next_month"),
    [
        ("deciders", (0.7, 1.0), (0.3, 0.6)),  # lever
        ("notes", (0.6, 1.0), (-0.1, 0.1)),  # trait
        ("others", (-0.4, 0.4), (-0.1, 0.1)),  # useless
        ("quotes", (-0.7, 0.1), (-0.1, 0.2)),  # useless
        ("value", (-0.7, 0.1), (-0.1, 0.2)),  # useless
    ],
)
def test_each_measure_goes_with_sales_as_its_kind_says(
    months: pd.DataFrame, measure: str, across: tuple[float, float], next_month: tuple[float, float]
) -> None:
    means = months.groupby("rep").mean()
    after = raw.next_month(raw.within(months["sales"]))
    assert across[0] <= raw.rank_link(means[measure], means["sales"]) <= across[1]
    assert next_month[0] <= raw.rank_link(raw.within(months[measure]), after) <= next_month[1]


def test_the_data_stop_within_the_last_month() -> None:
    last = raw.truth(SLUG)["verdicts"]["evidence"]["partial_period"]
    for name, date in (("quotes.csv", "quoted_on"), ("orders.csv", "ordered_on"), ("meetings.csv", "held_on")):
        dates = raw.read(SLUG, name, date)[date]
        assert dates.max().strftime("%Y-%m") == last == "2025-09"
        assert dates.max().day <= 12
