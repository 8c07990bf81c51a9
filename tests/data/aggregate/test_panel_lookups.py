"""Lookups: many rows to one, and every way in which keys fail to match."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.data.panels import build, cells, issue, issues, refused, source
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.words.issues import describe_for_command, describe_issue

DEALS = """rep,date,product,value
Ann,2024-01-05,GTX Pro,10
Ann,2024-01-06,gtxpro,20
Bob,2024-01-07,MG,40
Bob,2024-01-08,,80
"""
PRODUCTS = "name,series\nGTX Pro,GTX\nGTK,GTK\n"
VALUE = {"name": "value", "aggregate": "sum", "column": "value", "unit": "EUR"}


def by_series(**fields: Any) -> dict[str, Any]:
    lookup = {"location": "products.csv", "on": {"product": "name"}, "take": ["series"], **fields}
    measures = [{"name": "n"}, {"name": "gtx", "where": "series == 'GTX'"}, VALUE]
    return source(lookups=[lookup], measures=measures)


def test_a_column_taken_from_another_file_can_be_used(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": DEALS, "products.csv": PRODUCTS}, by_series())
    assert measure_totals(panel) == {"n": 4, "gtx": 1, "value": 150}


def test_keys_that_almost_match_are_told_from_keys_that_do_not(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": DEALS, "products.csv": PRODUCTS}, by_series())
    almost, none, blank = (issue(panel, f"lookup_{code}") for code in ("almost", "no_match", "blank_key"))
    assert (almost.n_rows, none.n_rows, blank.n_rows) == (1, 1, 1)
    assert (
        "“gtxpro” (1 row) for “GTX Pro”. What the other file adds is missing for: n 1; value 20 EUR."
        in describe_issue(almost).message
    )
    assert describe_issue(almost).fix == "Write the keys the same way in both files."
    assert '"same": {"gtxpro": "GTX Pro"}' in describe_for_command(almost).fix
    assert "“MG”. What the other file adds is missing for: n 1; value 40 EUR." in describe_issue(none).message


@pytest.mark.parametrize(
    ("ours", "theirs", "almost"),
    [
        ("GTX-Pro", "GTX Pro", True),
        ("Gtx Pró", "GTX Pro", True),
        ("GTX Prro", "GTX Pro", True),
        ("00282", "282", True),
        ("282.0", "282", True),
        ("283", "282", False),
        ("90836194", "90836195", False),
        ("Model 12A", "Model 13A", False),
    ],
)
def test_what_counts_as_almost(tmp_path: Path, ours: str, theirs: str, almost: bool) -> None:
    files = {
        "calls.csv": f"rep,date,product,value\nAnn,2024-01-05,{ours},1\n",
        "products.csv": f"name,series\n{theirs},x\n",
    }
    panel = build(tmp_path, files, by_series())
    assert [found.code for found in panel.issues if found.code.startswith("lookup")] == [
        "lookup_almost" if almost else "lookup_no_match"
    ]


def test_same_maps_our_spelling_to_theirs(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": DEALS, "products.csv": PRODUCTS}, by_series(same={"gtxpro": "GTX Pro"}))
    assert measure_totals(panel)["gtx"] == 2


def test_a_key_that_stands_twice_doubles_no_row(tmp_path: Path) -> None:
    products = PRODUCTS + "GTX Pro,other\n"
    panel = build(tmp_path, {"calls.csv": DEALS, "products.csv": products}, by_series())
    assert measure_totals(panel) == {"n": 4, "gtx": 1, "value": 150}
    assert issue(panel, "lookup_repeated_key").n_rows == 1


def test_the_rep_itself_can_be_looked_up(tmp_path: Path) -> None:
    files = {
        "calls.csv": "who,date\n17,2024-01-05\n18,2024-01-06\n99,2024-01-07\n,2024-01-07\n",
        "people.csv": "id,rep\n17,Ann\n18,Bob\n",
    }
    lookup = {"location": "people.csv", "on": {"who": "id"}, "take": ["rep"]}
    panel = build(tmp_path, files, source(lookups=[lookup]))
    assert cells(panel, "n") == {("Ann", "2024-01-01"): 1, ("Bob", "2024-01-01"): 1}
    assert dict(zip(panel.n_unused["reason"], panel.n_unused["n_rows"], strict=True)) == {
        "no_match": 1,
        "blank_rep": 1,
    }


def test_one_lookup_can_build_on_another(tmp_path: Path) -> None:
    files = {
        "calls.csv": "seat,date\ns1,2024-01-05\ns2,2024-01-06\n",
        "seats.csv": "seat,person\ns1,17\ns2,18\n",
        "people.csv": "id,rep\n17,Ann\n18,Bob\n",
    }
    lookups = [
        {"location": "seats.csv", "on": {"seat": "seat"}, "take": ["person"]},
        {"location": "people.csv", "on": {"person": "id"}, "take": ["rep"]},
    ]
    assert build(tmp_path, files, source(lookups=lookups)).reps["rep"].tolist() == ["Ann", "Bob"]


def test_two_columns_can_be_one_key(tmp_path: Path) -> None:
    files = {
        "calls.csv": "rep,date,country,city\nAnn,2024-01-05,US,Paris\nAnn,2024-01-06,FR,Paris\n",
        "places.csv": "c,t,zone\nUS,Paris,west\nFR,Paris,east\n",
    }
    lookup = {"location": "places.csv", "on": {"country": "c", "city": "t"}, "take": ["zone"]}
    measures = [{"name": zone, "where": f"zone == '{zone}'"} for zone in ("west", "east")]
    panel = build(tmp_path, files, source(lookups=[lookup], measures=measures))
    assert measure_totals(panel) == {"west": 1, "east": 1}


def test_a_number_taken_from_another_file_can_be_added_up(tmp_path: Path) -> None:
    files = {"calls.csv": DEALS, "products.csv": "name,series,price\nGTX Pro,GTX,1.5\nMG,MG,2.5\n"}
    lookup = {"location": "products.csv", "on": {"product": "name"}, "take": ["price"]}
    price = {"name": "price", "aggregate": "sum", "column": "price"}
    assert measure_totals(build(tmp_path, files, source(lookups=[lookup], measures=[price]))) == {"price": 4}


def test_faults_of_a_lookup_are_all_named(tmp_path: Path) -> None:
    files = {"calls.csv": DEALS, "products.csv": PRODUCTS}
    found = refused(
        tmp_path, files, by_series(on={"prodct": "nam"}, take=["serie", "value"]), source(name="b", lookups=[])
    )
    assert [(each.code, describe_issue(each).fix) for each in found if "lookup 1" in describe_issue(each).where] == [
        ("unknown_column", "Did you mean “product”?"),
        ("taken_name", "Rename the column in one of the two files."),
        ("unknown_column", "Did you mean “name”?"),
        ("unknown_column", "Did you mean “series”?"),
        ("unknown_column", "Choose one of “name”, “series”."),
    ]


def test_everything_matching_says_nothing(tmp_path: Path) -> None:
    products = "name,series\nGTX Pro,a\ngtxpro,b\nMG,c\n"
    panel = build(tmp_path, {"calls.csv": DEALS, "products.csv": products}, by_series())
    assert not issues(panel, "lookup_almost")
    assert not issues(panel, "lookup_no_match")
