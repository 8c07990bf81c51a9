"""A kind of activity no longer counts in the measures under the KPIs, and in no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integrity.logs import CALLS, quiet_calls, write_log
from workbench.data.aggregate.build_panel import build_panel
from workbench.design.model import Design
from workbench.integrity.leave_out import left_out_of, measures_to_change, without_check

MEASURES = [
    {"name": "dials", "aggregate": "count"},
    {"name": "talks", "aggregate": "count", "where": "outcome == 'spoke'"},
    {"name": "others", "aggregate": "count"},
]
DESIGN = Design.model_validate(
    {
        "name": "D",
        "kpis": [
            {"name": "Dials", "formula": "dials / workdays", "target": 50},
            {"name": "Talks", "formula": "talks"},
        ],
    }
)
CODES = {"disposition": {"not in service": "dead_number", 'it\'s "off"': "dead_number", "spoke": "conversation"}}


def counted(folder: Path, check: str) -> dict[str, list[float]]:
    calls = quiet_calls(["Ana", "Ben"], 100).astype({"seconds": float})
    calls.loc[[0, 1, 2], "seconds"] = [3, float("nan"), 9]
    calls.loc[[3, 4, 5], "outcome"] = ["not in service", 'it\'s "off"', None]
    calls.loc[[6, 7], "outcome"] = "spoke"
    calls.loc[7, "seconds"] = 2
    dataset = write_log(folder, calls, {**CALLS, "values": CODES}, MEASURES)
    frame = build_panel(without_check(dataset, DESIGN, check), folder).frame
    return {name: frame[name].tolist() for name in ("dials", "talks", "others")}


def test_short_calls_no_longer_count_and_a_call_of_unknown_length_still_does(tmp_path: Path) -> None:
    assert counted(tmp_path, "seconds_long") == {"dials": [97, 100], "talks": [1, 0], "others": [100, 100]}


def test_codes_are_those_of_the_file_and_a_blank_one_still_counts(tmp_path: Path) -> None:
    assert counted(tmp_path, "dead_number") == {"dials": [98, 100], "talks": [2, 0], "others": [100, 100]}


@pytest.mark.parametrize(
    ("check", "changed"),
    [
        ("seconds_long", ("dials", "talks")),
        ("dead_number", ("dials", "talks")),
        ("switchboard", ()),  # no code of the file means an operator
        ("same_contact", ()),  # no condition on one row can say it
        ("cancelled_later", ()),  # these are calls, not orders
    ],
)
def test_only_measures_that_would_count_less_are_offered(tmp_path: Path, check: str, changed: tuple[str, ...]) -> None:
    dataset = write_log(tmp_path, quiet_calls(["Ana"], 10), {**CALLS, "values": CODES}, MEASURES)
    assert measures_to_change(dataset, DESIGN, check) == changed
    once = without_check(dataset, DESIGN, check)
    assert measures_to_change(once, DESIGN, check) == ()
    assert without_check(once, DESIGN, check) == once


def test_what_is_left_out_of_a_kpi_is_known_afterwards(tmp_path: Path) -> None:
    dataset = write_log(tmp_path, quiet_calls(["Ana"], 10), {**CALLS, "values": CODES}, MEASURES)
    dials, talks = DESIGN.kpis
    assert left_out_of(dataset, dials) == ()
    once = without_check(without_check(dataset, DESIGN, "seconds_long"), DESIGN, "dead_number")
    assert left_out_of(once, dials) == left_out_of(once, talks) == ("seconds_long", "dead_number")
    both = dials.model_copy(update={"formula": "talks / others"})
    assert left_out_of(once, both) == ()  # others still counts it


def test_a_length_in_minutes_is_left_out_by_seconds(tmp_path: Path) -> None:
    calls = quiet_calls(["Ana", "Ben"], 100)
    minutes = calls.assign(seconds=calls["seconds"] / 60)
    minutes.loc[[0, 1, 2], "seconds"] = [0.05, float("nan"), 0.15]
    dataset = write_log(tmp_path, minutes, CALLS | {"length_unit": "minutes"}, MEASURES)
    frame = build_panel(without_check(dataset, DESIGN, "seconds_long"), tmp_path).frame
    assert frame["dials"].tolist() == [98, 100]
