"""What a class of rows is worth: the panel without it, for everybody."""

from __future__ import annotations

from pathlib import Path

from tests.integrity.logs import CALLS, quiet_calls, write_log
from workbench.data.aggregate.build_panel import build_panel
from workbench.integrity.without_suspects import panel_without_suspects

MEASURES = [
    {"name": "dials", "aggregate": "count"},
    {"name": "talks", "aggregate": "count", "where": "outcome == 'conversation'"},
    {"name": "length", "aggregate": "mean", "column": "seconds"},
]


def test_suspect_rows_count_in_no_measure_and_their_rep_was_at_work(tmp_path: Path) -> None:
    calls = quiet_calls(["Ana", "Ben", "Cem"], 300)
    short = calls.index[calls["rep"] == "Ana"][100:200]  # four whole days of hers
    calls.loc[short, "seconds"] = 4
    calls.loc[[0, short[0]], "outcome"] = "conversation"
    dataset = write_log(tmp_path, calls, CALLS, MEASURES)
    whole = build_panel(dataset, tmp_path)
    rest = panel_without_suspects(dataset, tmp_path, ["seconds_long"])
    before, after = (panel.frame.set_index("rep") for panel in (whole, rest))
    assert before["dials"].tolist() == [300, 300, 300]
    assert after["dials"].tolist() == [200, 300, 300]
    assert (before["talks"]["Ana"], after["talks"]["Ana"]) == (2, 1)
    assert after["length"]["Ana"] > 20 > before["length"]["Ana"] - 10
    assert after["workdays"].equals(before["workdays"])
    assert rest.key != whole.key


def test_without_any_check_nothing_changes(tmp_path: Path) -> None:
    dataset = write_log(tmp_path, quiet_calls(["Ana", "Ben"], 300), CALLS, MEASURES)
    same = panel_without_suspects(dataset, tmp_path, [])
    assert same.frame.equals(build_panel(dataset, tmp_path).frame)
