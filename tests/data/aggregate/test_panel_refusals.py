"""A data set that does not fit its files is refused with every problem at once, each with the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data.panels import build, issue, refused, source
from workbench.words.issues import describe_issue

CALLS = {"calls.csv": "rep,date,stage,amount\nAnn,2024-01-05,Won,10\n"}


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    measures = [
        {"name": "n", "where": "stge == 'Won'"},
        {"name": "n"},
        {"name": "total", "aggregate": "sum"},
        {"name": "tenure", "aggregate": "sum", "column": "amuont"},
        {"name": "late", "date": "dat"},
        {"name": "odd", "where": "stage =="},
        {"name": "price", "where": "amount"},
    ]
    roster = {"location": "team.csv", "rep": "rep"}
    found = refused(
        tmp_path,
        CALLS,
        source(rep="repp", measures=measures),
        source("calls", "cals.csv"),
        roster=roster,
        timezone="Berlin",
    )
    places = [(each.code, describe_issue(each).where) for each in found]
    assert ("file_missing", "cals.csv") in places
    assert ("file_missing", "team.csv") in places
    assert [place for place in places if place[0] != "file_missing"] == [
        ("repeated_name", "source “calls”"),
        ("repeated_name", "measure “n”"),
        ("taken_name", "measure “tenure”"),
        ("unknown_timezone", "time zone"),
        ("unknown_column", "source “calls”, rep"),
        ("formula", "source “calls”, measure “n”, where"),
        ("no_column", "source “calls”, measure “total”"),
        ("unknown_column", "source “calls”, measure “tenure”, column"),
        ("unknown_column", "source “calls”, measure “late”, date"),
        ("formula", "source “calls”, measure “odd”, where"),
        ("formula", "source “calls”, measure “price”, where"),
    ]
    assert all(each.level == "error" and describe_issue(each).message for each in found)


@pytest.mark.parametrize(
    ("fields", "fix"),
    [
        ({"rep": "Rep"}, "Did you mean “rep”?"),
        ({"date": "dates"}, "Did you mean “date”?"),
        ({"id": "call_number"}, "Choose one of “rep”, “date”, “stage”, “amount”."),
        ({"events": {"seconds": "amonut"}}, "Did you mean “amount”?"),
    ],
)
def test_an_unknown_column_comes_with_the_nearest_one(tmp_path: Path, fields: dict[str, str], fix: str) -> None:
    (found,) = refused(tmp_path, CALLS, source(**fields))
    assert (found.code, describe_issue(found).fix) == ("unknown_column", fix)


def test_every_wrong_role_of_an_event_column_is_said_at_once(tmp_path: Path) -> None:
    wrong = {
        "kind": "calls",
        "contact": "phne",
        "logged": "dat",
        "values": {"dispositon": {"x": "busy"}, "channel": {}},
    }
    found = refused(tmp_path, CALLS, source(events=wrong))
    said = [describe_issue(each) for each in found]
    assert [(each.code, one.where) for each, one in zip(found, said, strict=True)] == [
        ("unknown_column", "source “calls”, events → contact"),
        ("unknown_column", "source “calls”, events → logged"),
        ("unknown_role", "source “calls”, events → values"),
    ]
    assert [one.fix for one in said[1:]] == ["Did you mean “date”?", "Did you mean “disposition”?"]


def test_a_condition_points_at_the_place(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, CALLS, source(measures=[{"name": "won", "where": "stag == 'Won'"}]))
    assert "position 1" in describe_issue(found).message
    assert "stage" in describe_issue(found).fix


@pytest.mark.parametrize("name", ["days", "workdays", "tenure", "rep", "period", "m·sum", "m·n"])
def test_names_that_every_panel_has_are_taken(tmp_path: Path, name: str) -> None:
    mean = {"name": "m", "aggregate": "mean", "column": "amount"}
    (found,) = refused(tmp_path, CALLS, source(measures=[mean, {"name": name}]))
    assert (found.code, describe_issue(found).where) == ("taken_name", f"measure “{name}”")


def test_the_roster_is_checked_too(tmp_path: Path) -> None:
    files = CALLS | {"team.csv": "rep,team,start\nAnn,North,2024-01-01\n"}
    roster = {"location": "team.csv", "rep": "reps", "attributes": ["teem", "start"], "end": "left"}
    found = refused(tmp_path, files, roster=roster)
    assert [each.code for each in found] == ["unknown_column", "unknown_column", "unknown_column", "taken_name"]


def test_a_choice_that_no_row_has_is_a_warning_not_a_silent_zero(tmp_path: Path) -> None:
    measures = [{"name": "won", "where": "stage in ('won', 'Lost')"}]
    panel = build(tmp_path, CALLS, source(measures=measures))
    first, second = [each for each in panel.issues if each.code == "absent_value"]
    assert (first.level, describe_issue(first).fix) == ("warning", "Did you mean “Won”?")
    assert (describe_issue(second).message, describe_issue(second).fix) == (
        "No row has “Lost” in “stage”.",
        "The column has “Won”.",
    )


def test_a_name_that_nobody_ends_up_with_is_mentioned(tmp_path: Path) -> None:
    assert "“Bob”" in describe_issue(issue(build(tmp_path, CALLS, same_rep={"bob": "Bob"}), "same_rep_absent")).message
