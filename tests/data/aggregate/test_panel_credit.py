"""Wins that belong to whoever did another step of the same case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.data.panels import build, cells, issue, issues, refused, source
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.model.panel import Panel
from workbench.errors import Amount

# The system books the acceptance; people create offers. Case 3 has no offer, case 4 is booked by nobody.
LOG = """case,who,at,activity,value
1,Ann,2024-01-02 09:00,offer,
1,Ben,2024-01-02 15:00,offer,
1,System,2024-02-01 08:00,accepted,900
2,Ann,2024-01-05 10:00,offer,
2,System,2024-01-20 08:00,accepted,100
3,System,2024-01-21 08:00,accepted,40
4,Ben,2024-02-03 10:00,offer,
4,,2024-02-09 08:00,accepted,7
"""


def panel(folder: Path, to: str, **measure: Any) -> Panel:
    sold = {"name": "sold", "aggregate": "sum", "column": "value", "where": "activity == 'accepted'", **measure}
    sold["credit"] = {"case": "case", "to": to, "where": "activity == 'offer'"}
    offers = {"name": "offers", "where": "activity == 'offer'"}
    return build(folder, {"log.csv": LOG}, source("log", "log.csv", rep="who", date="at", measures=[offers, sold]))


def sold(found: Panel) -> dict[tuple[str, str], float]:
    return {key: value for key, value in cells(found, "sold").items() if value}


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("first", {("Ann", "2024-01-01"): 100, ("Ann", "2024-02-01"): 900, ("Ben", "2024-02-01"): 7}),
        ("last", {("Ann", "2024-01-01"): 100, ("Ben", "2024-02-01"): 907}),
        ("each", {("Ann", "2024-01-01"): 100, ("Ann", "2024-02-01"): 450, ("Ben", "2024-02-01"): 457}),
    ],
)
def test_the_credit_goes_to_whoever_did_the_other_step(tmp_path: Path, to: str, expected: dict) -> None:
    found = panel(tmp_path, to)
    assert sold(found) == expected
    assert measure_totals(found) == {"offers": 4, "sold": 1007}


def test_shares_of_a_count_and_of_a_mean(tmp_path: Path) -> None:
    counted = panel(tmp_path, "each", aggregate="count", column=None)
    assert sold(counted) == {("Ann", "2024-01-01"): 1, ("Ann", "2024-02-01"): 0.5, ("Ben", "2024-02-01"): 1.5}
    mean = cells(panel(tmp_path, "each", aggregate="mean"), "sold")
    assert mean["Ben", "2024-02-01"] == pytest.approx((450 + 7) / 1.5)


def test_what_belongs_to_nobody_is_said_with_its_value(tmp_path: Path) -> None:
    found = issue(panel(tmp_path, "last"), "credit_to_nobody")
    assert found.n_rows == 1
    assert dict(found.parts)["amounts"] == (Amount("sold", 40.0),)


def test_without_a_condition_the_case_belongs_to_its_first_or_last_row(tmp_path: Path) -> None:
    deals = "id,rep,date\na,Ann,2024-01-01\na,Ben,2024-01-02\nb,Ben,2024-01-03\n"
    first = {"name": "cases", "credit": {"case": "id", "to": "first"}}
    found = build(tmp_path, {"calls.csv": deals}, source(measures=[first]))
    assert cells(found, "cases") == {("Ann", "2024-01-01"): 2, ("Ben", "2024-01-01"): 1}
    assert issues(found, "credit_to_nobody") == []


def test_impossible_credits_are_refused(tmp_path: Path) -> None:
    wrong = {"name": "who", "aggregate": "distinct", "column": "rep", "credit": {"case": "deal", "to": "each"}}
    found = refused(tmp_path, {"calls.csv": "rep,date\nA,2024-01-01\n"}, source(measures=[wrong]))
    assert [each.code for each in found] == ["unknown_column", "credit_not_shared"]
