"""Measures that count the same rows: shares of rows and value, and where rows are no events."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data.panels import build, source
from workbench.data.model.panel import Panel
from workbench.data.model.row_overlap import RowOverlap, find_overlap

WON = "stage == 'Won'"
DEALS = "\n".join(
    ["rep,date,paid,stage,amount,region"]
    + [f"Ann,2024-01-{d:02d},2024-02-{d:02d},Won,{100 * d},West" for d in (2, 2, 3)]
    + [f"Bob,2024-01-{d:02d},2024-02-{d:02d},Won,{100 * d},East" for d in (4, 5)]
    + ["Bob,2024-01-05,2024-02-05,Lost,700,East", "Bob,2024-01-08,2024-02-08,Open,,East"]
)
MEASURES = [
    {"name": "won", "where": WON},
    {"name": "won_value", "aggregate": "sum", "column": "amount", "where": WON},
    {"name": "closed", "where": "stage in ('Won', 'Lost')"},
    {"name": "west", "where": "region == 'West'"},
    {"name": "lost", "where": "stage == 'Lost'"},
    {"name": "paid", "where": WON, "date": "paid"},
]


def overlap(panel: Panel, measure: str, other: str) -> RowOverlap | None:
    return find_overlap(panel.overlaps, measure, other)


def test_shares_of_rows_and_of_value_are_measured_for_every_two_measures(tmp_path: Path) -> None:
    panel = build(tmp_path, {"deals.csv": DEALS}, source("deals", "deals.csv", measures=MEASURES))
    assert overlap(panel, "won_value", "won") == RowOverlap("won_value", "won", 1.0, 1.0, 5)
    assert overlap(panel, "won_value", "won").built_in == 1.0
    assert overlap(panel, "won_value", "closed") == RowOverlap("won_value", "closed", 1.0, 5 / 6, 5)
    assert overlap(panel, "closed", "won_value") == RowOverlap("closed", "won_value", 5 / 6, 1.0, 5)
    # West: 3 of 5 won rows, which are 700 of 1,600 won; all of its own rows are won
    assert overlap(panel, "won_value", "west") == RowOverlap("won_value", "west", 3 / 5, 1.0, 3)
    assert overlap(panel, "won_value", "west").built_in == pytest.approx(0.6**0.5)
    assert overlap(panel, "won_value", "lost") is None


def test_rows_counted_at_another_date_are_what_came_before(tmp_path: Path) -> None:
    panel = build(tmp_path, {"deals.csv": DEALS}, source("deals", "deals.csv", measures=MEASURES))
    assert overlap(panel, "won_value", "paid") is None


def test_the_share_of_value_counts_where_it_is_larger(tmp_path: Path) -> None:
    big = [MEASURES[1], {"name": "big", "where": "amount >= 400"}]
    panel = build(tmp_path, {"deals.csv": DEALS}, source("deals", "deals.csv", measures=big))
    found = overlap(panel, "won_value", "big")
    assert (found.share_of_measure, found.share_of_other, found.n_shared) == (900 / 1600, 2 / 3, 2)


DAYS = "\n".join(
    ["rep,date,dials,sales", *[f"{rep},2024-01-{d:02d},50,{d}" for rep in ("A", "B") for d in range(2, 20)]]
)
ORDERS = "\n".join(["rep,date,id,units,revenue", *[f"A,2024-01-{2 + k % 9:02d},{k},3,{k}" for k in range(1, 30)]])


def test_a_row_with_a_column_per_activity_is_no_event(tmp_path: Path) -> None:
    sums = [{"name": name, "aggregate": "sum", "column": name} for name in ("dials", "sales")]
    panel = build(tmp_path, {"days.csv": DAYS}, source("days", "days.csv", measures=[*sums, {"name": "rows"}]))
    assert panel.overlaps == ()


@pytest.mark.parametrize(("fields", "shared"), [({}, None), ({"id": "id"}, 29)])
def test_two_amounts_of_a_row_are_of_the_same_thing_where_rows_have_an_id(tmp_path: Path, fields: dict, shared) -> None:
    sums = [{"name": name, "aggregate": "sum", "column": name} for name in ("units", "revenue")]
    panel = build(tmp_path, {"orders.csv": ORDERS}, source("orders", "orders.csv", measures=sums, **fields))
    found = overlap(panel, "revenue", "units")
    assert (found and found.n_shared) == shared


def test_orders_counted_once_hold_the_rows_of_their_revenue(tmp_path: Path) -> None:
    measures = [
        {"name": "orders", "aggregate": "distinct", "column": "id"},
        {"name": "revenue", "aggregate": "sum", "column": "revenue"},
    ]
    panel = build(tmp_path, {"orders.csv": ORDERS}, source("orders", "orders.csv", measures=measures))
    assert overlap(panel, "revenue", "orders").built_in == 1.0
