"""Who is scored, and who is only in the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.data.panels import build, issue, issues, refused, source
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.aggregate.downloads import panel_table
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.mapping.fixes import suggest_fixes
from workbench.data.model.dataset import parse_dataset
from workbench.data.model.panel import Panel
from workbench.errors import Examples
from workbench.words.fixes import fix_label
from workbench.words.issues import describe_issue

CALLS = "rep,date\nAnn,2024-01-05\nBen,2024-01-05\nBot,2024-01-05\nBot,2024-01-06\n"
FILES = {"calls.csv": CALLS, "team.csv": "name,role\nAnn,closer\nBen,closer\nBot,system\n"}
ROSTER = {"location": "team.csv", "rep": "name", "attributes": ["role"]}


def panel(folder: Path, **dataset: Any) -> Panel:
    return build(folder, FILES, roster=ROSTER, **dataset)


@pytest.mark.parametrize("scored", ["role == 'closer'", ["Ann", "Ben"]])
def test_the_others_stay_in_the_data_and_are_named(tmp_path: Path, scored: Any) -> None:
    found = panel(tmp_path, scored=scored)
    assert found.frame["rep"].tolist() == ["Ann", "Ben"]
    assert found.unscored["rep"].tolist() == ["Bot"]
    assert measure_totals(found) == {"n": 4}
    assert dict(issue(found, "not_scored").parts)["reps"] == Examples(("Bot",), 1)
    table = panel_table(found)
    assert table.set_index("rep")["scored"].to_dict() == {"Ann": True, "Ben": True, "Bot": False}


def test_everybody_is_scored_unless_said_otherwise(tmp_path: Path) -> None:
    found = panel(tmp_path)
    assert found.frame["rep"].tolist() == ["Ann", "Ben", "Bot"]
    assert "scored" not in panel_table(found)


def test_people_who_joined_after_others_were_chosen_by_name_are_asked_about(tmp_path: Path) -> None:
    spec = parse_dataset({"name": "x", "sources": [source()], "scored": ["Ann"], "not_scored": ["Bot"]})
    found = build(tmp_path, FILES, scored=["Ann"], not_scored=["Bot"])
    said = issue(found, "new_people")
    assert describe_issue(said).message == "1 person has joined since you chose whom to score: “Ben”."
    assert dict(issue(found, "not_scored").parts)["reps"] == Examples(("Bot",), 1)
    score, leave = suggest_fixes(said, spec)
    assert (score.dataset.scored, score.dataset.not_scored) == (("Ann", "Ben"), ("Bot",))
    assert (leave.dataset.scored, leave.dataset.not_scored) == (("Ann",), ("Ben", "Bot"))
    assert [fix_label(fix) for fix in (score, leave)] == ["Score this person", "Leave this person out"]
    for fix in (score, leave):
        assert issues(build_panel(fix.dataset, tmp_path), "new_people") == []
    assert issues(build(tmp_path, FILES, scored=["Ann"]), "new_people") == []  # nobody wrote down who was left out


def test_a_name_that_is_nobodys_is_told_with_the_nearest(tmp_path: Path) -> None:
    found = issue(panel(tmp_path, scored=["Ann", "Benn"]), "unknown_rep")
    assert dict(found.parts) == {"name": "Benn", "near": "Ben"}


@pytest.mark.parametrize(("scored", "code"), [("role == 'pilot'", "nobody_scored"), ("rank == 'closer'", "formula")])
def test_nobody_to_score_and_unknown_attributes_are_refused(tmp_path: Path, scored: str, code: str) -> None:
    assert [each.code for each in refused(tmp_path, FILES, roster=ROSTER, scored=scored)] == [code]
