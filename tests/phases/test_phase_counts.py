"""Counting phases in the engine: furthest phase, strata, outcomes without a phase."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbench.data.model.dataset import DataSet, parse_dataset
from workbench.errors import InputError
from workbench.phases.phase_counts import PhaseCounts, count_phases
from workbench.phases.phase_cube import cube_of_phases, merge_phases
from workbench.phases.phase_file import PhaseFile, parse_phases

OUTCOMES = ("no answer", "hung up", "Talked", "meeting set", "moved", None)


def written(folder: Path) -> tuple[DataSet, pd.DataFrame]:
    """A log of 600 calls of three reps on two lists in three months, and a team list with their offices."""
    rng = np.random.default_rng(1)
    rows = pd.DataFrame({
        "rep": rng.choice(["Ann", "Ben", "Cid"], 600), "at": pd.Timestamp("2025-01-06 09:00")
        + pd.to_timedelta(rng.integers(0, 80, 600), unit="D") + pd.to_timedelta(rng.integers(0, 8, 600), unit="h"),
        "outcome": rng.choice(np.array(OUTCOMES, dtype=object), 600), "segment": rng.choice(["A", "B"], 600),
    })  # fmt: skip
    rows = rows.assign(id=range(600))
    rows.to_csv(folder / "calls.csv", index=False)
    team = pd.DataFrame({"rep": ["Ann", "Ben", "Cid"], "office": ["East", "East", "West"]})
    team.to_csv(folder / "team.csv", index=False)
    dataset = parse_dataset({
        "name": "Calls", "roster": {"location": "team.csv", "rep": "rep", "attributes": ["office"]},
        "sources": [{
            "name": "calls", "location": "calls.csv", "rep": "rep", "date": "at",
            "measures": [{"name": "dials", "aggregate": "count"}],
            "events": {"disposition": "outcome", "values": {"disposition": {"hung up": "refused"}}},
        }],
    })  # fmt: skip
    return dataset, rows


def phases(**changes: object) -> PhaseFile:
    content = {
        "name": "P", "source": "calls", "phases": ["Reached", "Talked", "Meeting set"],
        "dispositions": {"No Answer": None, "hung up": "Reached", "talked": "Talked", "meeting_set": "Meeting set"},
    }  # fmt: skip
    return parse_phases(content | changes)


@pytest.fixture(scope="module")
def counted(tmp_path_factory) -> tuple[PhaseCounts, pd.DataFrame]:
    folder = tmp_path_factory.mktemp("log")
    dataset, rows = written(folder)
    return count_phases(dataset, folder, phases(strata=["segment", "office"])), rows


def test_counts_are_those_of_plain_pandas(counted) -> None:
    counts, rows = counted
    place = rows["outcome"].map({"no answer": 0, "hung up": 1, "Talked": 2, "meeting set": 3})
    office = rows["rep"].map({"Ann": "East", "Ben": "East", "Cid": "West"})
    known = rows.assign(phase=place, month=rows["at"].dt.to_period("M").dt.start_time,
                        stratum=rows["segment"] + " · " + office)[place.notna()]  # fmt: skip
    plain = known.groupby(["rep", "stratum", "month", "phase"]).size()
    ours = counts.frame.set_index(["rep", "stratum", "month", "phase"])["n"]
    assert ours.sort_index().to_dict() == plain.to_dict()


def test_each_phase_has_as_many_attempts_as_the_phase_before_has_successes(counted) -> None:
    counts, rows = counted
    cube = cube_of_phases(counts)
    totals = cube.reached.sum(axis=1)
    outcomes = rows["outcome"].value_counts()
    later = [outcomes["meeting set"], outcomes["Talked"], outcomes["hung up"], outcomes["no answer"]]
    assert totals.tolist() == np.cumsum(later)[::-1].tolist()
    assert (np.diff(cube.reached, axis=0) <= 0).all()
    merged = merge_phases(cube, 1)
    assert merged.phases == ("Reached + Talked", "Meeting set")
    assert merged.reached.sum(axis=1).tolist() == totals[[0, 2, 3]].tolist()


def test_outcomes_without_a_phase_are_left_out_and_shown_with_their_share(counted) -> None:
    counts, rows = counted
    lost = rows["outcome"].isna() | (rows["outcome"] == "moved")
    assert counts.n_rows == 600
    assert counts.n_unmapped == lost.sum() == 600 - counts.frame["n"].sum()
    (issue,) = counts.issues
    assert (issue.code, issue.n_rows) == ("many_outcomes_unmapped", lost.sum())
    assert dict(issue.parts)["share"] == lost.mean()
    found = counts.outcomes.set_index("code")["phase"].to_dict()
    assert found == {"no_answer": 0, "hung_up": 1, "talked": 2, "meeting_set": 3, "moved": -1, "": -1}


def test_phases_that_cannot_be_told_apart_are_one_and_unreached_ones_are_dropped(tmp_path) -> None:
    dataset, _ = written(tmp_path)
    file = phases(phases=["Reached", "Talked", "Need found", "Meeting set", "Held"])
    cube = cube_of_phases(count_phases(dataset, tmp_path, file))
    assert cube.phases == ("Reached", "Talked", "Need found + Meeting set")
    assert len(cube.reached) == 4
    assert cube.strata == ("",)


def test_a_file_that_proves_no_phase_or_compares_within_nothing_is_refused(tmp_path) -> None:
    dataset, _ = written(tmp_path)
    for changes, code in (({"dispositions": {"no answer": None}}, "no_phase_reached"),
                          ({"strata": ["segmnt"]}, "unknown_stratum")):  # fmt: skip
        with pytest.raises(InputError) as refusal:
            count_phases(dataset, tmp_path, phases(**changes))
        assert [issue.code for issue in refusal.value.issues] == [code]


@pytest.mark.parametrize("scored", [("Ann", "Ben"), "office == 'East'"])
def test_only_scored_reps_are_compared(tmp_path, scored) -> None:
    dataset, rows = written(tmp_path)
    counts = count_phases(dataset.model_copy(update={"scored": scored}), tmp_path, phases())
    assert {*counts.frame["rep"]} == {"Ann", "Ben"}
    assert counts.n_rows == (rows["rep"] != "Cid").sum()
    assert counts.outcomes["n"].sum() == counts.n_rows


def test_the_hour_of_a_call_is_a_stratum_of_every_log(tmp_path) -> None:
    dataset, rows = written(tmp_path)
    counts = count_phases(dataset, tmp_path, phases(strata=["segment", "hour"]))
    known = rows[~rows["outcome"].isin(["moved"]) & rows["outcome"].notna()]
    plain = (known["segment"] + " · " + known["at"].dt.strftime("%H")).value_counts().to_dict()
    assert counts.frame.groupby("stratum")["n"].sum().to_dict() == plain
