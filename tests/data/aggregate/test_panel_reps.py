"""Who is who: spellings, look-alikes, the roster, sources that name reps differently."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.data.panels import build, cells, issue, issues, refused, source
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.values.rep_names import name_key, resolve_spellings
from workbench.words.issues import describe_for_command, describe_issue


def calls(*reps: str) -> dict[str, str]:
    return {"calls.csv": "rep,date\n" + "".join(f'"{rep}",2024-01-05\n' for rep in reps)}


def test_spaces_are_tidied_and_counted(tmp_path: Path) -> None:
    panel = build(tmp_path, calls("Ann Lee", " Ann Lee", "Ann  Lee", "Ann\u00a0Lee", "Ann\u200bLee"))
    assert cells(panel, "n") == {("Ann Lee", "2024-01-01"): 5}
    assert (issue(panel, "rep_spaces").level, issue(panel, "rep_spaces").n_rows) == ("warning", 4)


@pytest.mark.parametrize(
    "other",
    ["ann lee", "Аnn Lee", "Ann Lée", "Ａnn Lee", "Lee, Ann", "Ann-Lee"],
    ids=["case", "Cyrillic A", "accent", "full width", "last name first", "hyphen"],
)
def test_look_alikes_are_reported_and_not_merged(tmp_path: Path, other: str) -> None:
    panel = build(tmp_path, calls("Ann Lee", "Ann Lee", other))
    found = issue(panel, "rep_spellings")
    assert panel.reps["rep"].nunique() == 2
    assert (found.level, found.n_rows) == ("warning", 1)
    assert "“Ann Lee” (2 rows)" in describe_issue(found).message
    assert describe_issue(found).fix == "If this is one person, write the name the same way in the file."
    assert f'"same_rep": {{"{other}": "Ann Lee"}}' in describe_for_command(found).fix


def test_letters_of_another_alphabet_are_called_that(tmp_path: Path) -> None:
    found = issue(build(tmp_path, calls("Ann Lee", "Аnn Lee")), "rep_spellings")
    assert "another alphabet" in describe_issue(found).message


def test_names_that_merely_resemble_each_other_pass(tmp_path: Path) -> None:
    panel = build(tmp_path, calls("Ann Lee", "Anna Lee", "Ann Leigh", "1-23", "12-3", "1.0", "10"))
    assert not issues(panel, "rep_spellings")


def test_the_data_set_file_makes_two_spellings_one_rep(tmp_path: Path) -> None:
    same = {"ann lee": "A. Lee", "A. Lee": "Ann Lee"}
    panel = build(tmp_path, calls("Ann Lee", "ann  lee", "A. Lee"), same_rep=same)
    assert cells(panel, "n") == {("Ann Lee", "2024-01-01"): 3}


def test_a_circle_of_names_is_refused(tmp_path: Path) -> None:
    found = refused(tmp_path, calls("Ann", "Bob"), same_rep={"Ann": "Bob", "Bob": "Ann"})
    assert {each.code for each in found} == {"same_rep_circle"}


def test_chains_of_spellings_end_at_one_name() -> None:
    assert resolve_spellings({"a": "b", "b": "c", "d": "d"}) == {"a": "c", "b": "c", "d": "d"}


def test_skeletons() -> None:
    assert name_key("O’Brien, José") == name_key("jose obrien") == "JOSEOBRIEN"


def test_a_name_cannot_run_anything(tmp_path: Path) -> None:
    name = "x'); DROP TABLE calls; --"
    panel = build(tmp_path, calls(name, "Ann"), same_rep={"Ann": name})
    assert cells(panel, "n") == {(name, "2024-01-01"): 2}


QUOTES = {"name": "quotes", "location": "quotes.csv", "rep": "rep", "date": "date", "measures": [{"name": "quotes"}]}


def test_sources_meet_on_rep_and_period(tmp_path: Path) -> None:
    files = {
        "calls.csv": "rep,date\nAnn,2024-01-05\nAnn,2024-03-05\nBob,2024-02-01\n",
        "quotes.csv": "owner,day\nAnn,05/02/2024\nCid,25/02/2024\n",
    }
    panel = build(tmp_path, files, source(), {**QUOTES, "rep": "owner", "date": "day"})
    assert cells(panel, "n") == {
        ("Ann", "2024-01-01"): 1, ("Ann", "2024-02-01"): 0, ("Ann", "2024-03-01"): 1,
        ("Bob", "2024-02-01"): 1, ("Cid", "2024-02-01"): 0,
    }  # fmt: skip
    assert cells(panel, "quotes")[("Ann", "2024-02-01")] == 1
    assert [measure.source for measure in panel.measures[:2]] == ["calls", "quotes"]


def test_sources_without_a_rep_in_common_are_reported(tmp_path: Path) -> None:
    files = calls("17", "18") | {"quotes.csv": "rep,date\nAnn,2024-01-05\nBob,2024-01-05\n"}
    panel = build(tmp_path, files, source(), QUOTES)
    assert [describe_issue(found).where for found in issues(panel, "sources_do_not_meet")] == [
        "source “calls”",
        "source “quotes”",
    ]


ROSTER = """rep,team,hired,left
Ann,North,2023-03-01,
Bob,South,2024-02-15,2024-03-20
Cid,South,,
Dee,North,2024-02-01,
Total,,,
"""
LIST = {"location": "team.csv", "rep": "rep", "attributes": ["team"], "start": "hired", "end": "left"}
WORK = "rep,date\nAnn,2024-01-10\nBob,2024-02-20\nEve,2024-03-31\nEve,2024-01-01\n"


def test_the_roster_says_from_when_to_when(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": WORK, "team.csv": ROSTER}, roster=LIST)
    active = panel.frame.groupby("rep")["period"].agg(["min", "max"]).apply(lambda dates: dates.dt.strftime("%Y-%m"))
    assert active.to_dict("index") == {
        "Ann": {"min": "2024-01", "max": "2024-03"},  # hired before the data starts, still there
        "Bob": {"min": "2024-02", "max": "2024-03"},  # left after the last event
        "Dee": {"min": "2024-02", "max": "2024-03"},  # no events at all, but employed
        "Eve": {"min": "2024-01", "max": "2024-03"},  # not on the roster
    }
    assert panel.reps.set_index("rep")["n_periods"].to_dict() == {"Ann": 3, "Bob": 2, "Cid": 0, "Dee": 2, "Eve": 3}
    assert panel.reps.set_index("rep").loc["Bob", "end"] == pd.Timestamp("2024-03-20")
    assert panel.attributes == ("team",)


def test_days_count_only_while_employed(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": WORK, "team.csv": ROSTER}, roster=LIST)
    assert cells(panel, "days")[("Bob", "2024-02-01")] == 15  # 15 to 29 February
    assert cells(panel, "workdays")[("Bob", "2024-02-01")] == 11
    assert cells(panel, "days")[("Bob", "2024-03-01")] == 20
    assert cells(panel, "tenure")[("Ann", "2024-03-01")] == 12


def test_events_outside_the_employment_are_not_lost(tmp_path: Path) -> None:
    work = WORK + "Bob,2024-01-02\n"
    panel = build(tmp_path, {"calls.csv": work, "team.csv": ROSTER}, roster=LIST)
    assert cells(panel, "n")[("Bob", "2024-01-01")] == 1
    assert cells(panel, "days")[("Bob", "2024-01-01")] == 0
    assert measure_totals(panel) == {"n": 5}
    assert issue(panel, "outside_employment").n_rows == 1


def test_reps_on_one_side_only_are_named(tmp_path: Path) -> None:
    panel = build(tmp_path, {"calls.csv": WORK, "team.csv": ROSTER}, roster=LIST)
    assert issue(panel, "not_on_roster").n_rows == 2
    assert "“Cid”, “Dee”" in describe_issue(issue(panel, "no_events")).message


def test_a_rep_twice_on_the_roster_is_one_rep(tmp_path: Path) -> None:
    roster = "rep,team,hired,left\nAnn,North,2024-01-01,2024-01-31\nAnn,South,2024-03-01,\n"
    panel = build(tmp_path, {"calls.csv": WORK, "team.csv": roster}, roster=LIST)
    ann = panel.reps.set_index("rep").loc["Ann"]
    assert (ann["team"], ann["start"]) == ("North", pd.Timestamp("2024-01-01"))
    assert pd.isna(ann["end"])
    assert issue(panel, "roster_repeats").n_rows == 1


def test_the_roster_is_spelt_like_the_sources(tmp_path: Path) -> None:
    roster = "rep,team,hired,left\n ANN ,North,,\n"
    panel = build(tmp_path, {"calls.csv": WORK, "team.csv": roster}, roster=LIST, same_rep={"ANN": "Ann"})
    assert panel.reps.set_index("rep").loc["Ann", "team"] == "North"
