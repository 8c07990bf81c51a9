"""What a log shows to be wrong in its outcomes, who is on ramp, and which months it covers in part."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.phases.test_phase_counts import phases
from workbench.data.model.dataset import DataSet, parse_dataset
from workbench.errors import Issue
from workbench.phases.coaching_gain import calls_per_month
from workbench.phases.judge_phases import judge_phases
from workbench.phases.month_cover import PartMonth, cover_of_months, months_in_part
from workbench.phases.phase_counts import PhaseCounts, count_phases
from workbench.phases.phase_cube import cube_of_phases
from workbench.phases.phase_file import check_phases
from workbench.phases.ramp import RampRep, ramp_ends, reps_on_ramp, split_ramp
from workbench.words.issues import describe_issue
from workbench.words.phases_ramp import (
    WHY_RAMP,
    part_months_sentence,
    ramp_rep_sentence,
    ramp_sentences,
    ramp_small_print,
)

FIRST, DAYS = pd.Timestamp("2025-01-06 09:00"), 180


def rows_of(rep: str, first: int = 0, days: int = DAYS, outcomes: tuple[str, ...] = ("no answer", "hung up", "talked",
            "meeting set")) -> pd.DataFrame:  # fmt: skip
    """Ten calls a day, the outcomes in turn."""
    at = FIRST + pd.to_timedelta(np.repeat(np.arange(first, first + days), 10), unit="D")
    return pd.DataFrame({"rep": rep, "at": at, "outcome": np.resize(outcomes, len(at)), "seconds": 30.0})


def counted(folder: Path, rows: pd.DataFrame, starts: dict[str, str] | None = None, **changes: object) -> PhaseCounts:
    rows.to_csv(folder / "calls.csv", index=False)
    roster = {}
    if starts is not None:
        pd.DataFrame({"rep": [*starts], "start": [*starts.values()]}).to_csv(folder / "team.csv", index=False)
        roster = {"roster": {"location": "team.csv", "rep": "rep", "start": "start"}}
    dataset = parse_dataset({
        "name": "Calls", **roster, "sources": [{
            "name": "calls", "location": "calls.csv", "rep": "rep", "date": "at",
            "measures": [{"name": "dials", "aggregate": "count"}],
            "events": {"disposition": "outcome", "seconds": "seconds"},
        }],
    })  # fmt: skip
    return count_phases(dataset, folder, phases(**changes))


def codes(counts: PhaseCounts) -> dict[str, Issue]:
    return {issue.code: issue for issue in counts.issues}


def test_a_plain_log_has_nothing_to_say(tmp_path) -> None:
    counts = counted(tmp_path, pd.concat([rows_of("Ann"), rows_of("Ben")]))
    assert counts.issues == ()
    assert counts.spans is not None
    assert (counts.spans.first, counts.spans.last) == (pd.Timestamp("2025-01-06"), pd.Timestamp("2025-07-04"))


def test_meetings_set_in_calls_of_no_length_skip_phases(tmp_path) -> None:
    rows = rows_of("Ann")
    rows.loc[(rows["outcome"] == "meeting set") & (rows.index % 3 == 0), "seconds"] = 0
    issue = codes(counted(tmp_path, rows))["phases_skipped"]
    assert issue.n_rows == ((rows["outcome"] == "meeting set") & (rows["seconds"] == 0)).sum()
    assert "have an outcome that needs a talk: “meeting_set”" in describe_issue(issue).message


def test_lengths_of_good_calls_alone_are_missing_not_at_random(tmp_path) -> None:
    rows = rows_of("Ann")
    rows.loc[rows["outcome"] == "no answer", "seconds"] = np.nan
    issue = codes(counted(tmp_path, rows))["lengths_of_good_calls"]
    assert dict(issue.parts) == {"good": 1.0, "rest": 0.0}
    assert describe_issue(issue).message.startswith("Lengths are known for 100% of the calls that reached somebody")
    rows.loc[rows.index % 2 == 0, "seconds"] = np.nan
    assert codes(counted(tmp_path, rows)) == {}


def test_an_outcome_that_begins_mid_year_is_named_with_its_day(tmp_path) -> None:
    old, new = rows_of("Ann", 0, 100), rows_of("Ann", 100, 80, ("no answer", "refused", "talked", "meeting set"))
    mapped = phases().dispositions | {"refused": "Reached"}
    issue = codes(counted(tmp_path, pd.concat([old, new]), dispositions=mapped))["outcome_begins_late"]
    assert issue.where.path == ("dispositions", "refused")
    assert describe_issue(issue).message.startswith("This outcome is first used on 16 April 2025 (200 rows since)")


def test_many_unmapped_outcomes_and_phases_without_calls_are_said(tmp_path) -> None:
    rows = rows_of("Ann", outcomes=("no answer", "hung up", "moved", "meeting set"))
    found = codes(counted(tmp_path, rows))
    assert found["many_outcomes_unmapped"].n_rows == (rows["outcome"] == "moved").sum()
    assert dict(found["phase_without_rows"].parts) == {"name": "Talked"}
    few = rows.assign(outcome=rows["outcome"].mask((rows["outcome"] == "moved") & (rows.index % 3 > 0), "talked"))
    assert "outcomes_unmapped" in codes(counted(tmp_path, few))
    assert (
        "25% of the calls (450 rows) have an outcome without a phase: “moved”"
        in describe_issue(found["many_outcomes_unmapped"]).message
    )


def test_phases_in_a_circle_and_outcomes_out_of_order_are_seen_in_the_file() -> None:
    dataset: DataSet = parse_dataset({
        "name": "Calls", "sources": [{
            "name": "calls", "location": "calls.csv", "rep": "rep", "date": "at", "events": {"disposition": "outcome"},
            "measures": [{"name": "dials", "aggregate": "count"}],
        }],
    })  # fmt: skip
    circle = phases(phases=["Reached", "Talked", "Reached", "Meeting set"])
    assert [issue.code for issue in check_phases(circle, dataset)] == ["circular_phases"]
    turned = phases(dispositions={"conversation": "Meeting set", "meeting set": "Talked", "refused": "Reached"})
    found = {issue.code: issue for issue in check_phases(turned, dataset)}
    assert dict(found["phases_out_of_order"].parts) == {"early": "conversation", "late": "meeting set"}
    assert "phases_out_of_order" not in {issue.code for issue in check_phases(phases(), dataset)}


def test_new_reps_are_shown_apart_and_not_compared(tmp_path) -> None:
    team = [
        *(rows_of(name) for name in ("Ann", "Ben", "Cid", "Dee", "Eve")),
        rows_of("Fay", 120, 60),
        rows_of("Gus", 70),
    ]
    counts = counted(tmp_path, pd.concat(team))
    fay, gus = reps_on_ramp(counts.frame, counts.phases, counts.spans)
    assert (fay.rep, fay.compared, fay.by_roster, fay.since) == ("Fay", False, False, date(2025, 5, 6))
    assert (gus.rep, gus.compared, gus.until) == ("Gus", True, date(2025, 6, 17))
    assert [(phase.name, phase.n, phase.reached) for phase in fay.phases] == [
        ("Reached", 600, 450), ("Talked", 450, 300), ("Meeting set", 300, 150),
    ]  # fmt: skip
    assert fay.phases[0].low < 0.75 < fay.phases[0].high
    cube = cube_of_phases(counts)
    assert cube.reps == ("Ann", "Ben", "Cid", "Dee", "Eve", "Gus")
    gus_months = {cube.months[t] for t in cube.month[cube.rep == 5]}
    assert gus_months == {"2025-07", "2025-08", "2025-09"}
    assert cube_of_phases(counts, ramp_months=0).reps[-2:] == ("Fay", "Gus")
    assert ramp_sentences([fay, gus]) == [
        "Fay is new and shown apart.", "Gus: the first 3 months at work are not compared.", WHY_RAMP,
    ]  # fmt: skip
    assert ramp_rep_sentence(fay) == (
        "Fay, first seen 6 May 2025: 75% at Reached, 67% at Talked and 50% at Meeting set."
    )
    assert ramp_small_print(fay).startswith("Reached 71% to 78%, n 600; ")


def test_the_roster_says_better_than_the_log_who_is_new(tmp_path) -> None:
    rows = pd.concat([rows_of("Ann"), rows_of("Ben"), rows_of("Cid", 120, 60)])
    counts = counted(tmp_path, rows, {"Ann": "2020-01-01", "Ben": "2024-12-01", "Cid": "2019-05-01"})
    (ben,) = reps_on_ramp(counts.frame, counts.phases, counts.spans)
    assert (ben.rep, ben.by_roster, ben.until, ben.compared) == ("Ben", True, date(2025, 3, 1), True)
    assert ramp_rep_sentence(ben).startswith("Ben, since 1 December 2024: ")


def test_where_everybody_is_new_nobody_is_set_apart(tmp_path) -> None:
    rows = pd.concat([rows_of("Ann", 0, 50), rows_of("Ben", 0, 50)])
    counts = counted(tmp_path, rows, {"Ann": "2025-01-01", "Ben": "2025-01-02"})
    assert len(ramp_ends(counts.spans)) == 2
    assert split_ramp(counts.frame, counts.spans)[1].empty
    assert cube_of_phases(counts).reps == ("Ann", "Ben")
    assert ramp_sentences(()) == []
    assert ramp_rep_sentence(RampRep("Ann", date(2025, 1, 1), date(2025, 4, 1), True, False, ())).endswith(
        ": no calls yet."
    )


def test_months_covered_in_part_count_in_part(tmp_path) -> None:
    """Ten calls a day from 20 January to 13 March: the half months must not halve the calls a month."""
    rows = pd.concat([rows_of(name, 14, 53) for name in ("Ann", "Ben")])
    counts = counted(tmp_path, rows)
    months = cube_of_phases(counts).months
    assert months_in_part(counts.spans, months) == (PartMonth("2025-01", 10, 23), PartMonth("2025-03", 9, 21))
    cover = cover_of_months(counts.spans, ("Ann",), months)
    assert cover[0] == pytest.approx([10 / 23, 1, 9 / 21])
    monthly = calls_per_month(judge_phases(cube_of_phases(counts), 50))
    assert monthly == pytest.approx(530 / (10 / 23 + 1 + 9 / 21))
    assert part_months_sentence(months_in_part(counts.spans, months)) == (
        "January 2025 (10 of 23 workdays) and March 2025 (9 of 21 workdays) are covered only in part: "
        "calls a month are weighed by days."
    )
    assert part_months_sentence(()) == ""
