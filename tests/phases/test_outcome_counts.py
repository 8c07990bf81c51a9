"""Outcomes counted before anybody maps them: in the words of the file, for some reps, with rare ones together."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.phases.test_phase_counts import phases, written
from workbench.phases import outcome_counts
from workbench.phases.outcome_counts import RARE, count_outcomes
from workbench.phases.outcome_rows import outcome_rows
from workbench.phases.phase_counts import count_phases, furthest_phases


def test_outcomes_have_the_words_of_the_file(tmp_path) -> None:
    dataset, rows = written(tmp_path)
    counted = count_outcomes(dataset, tmp_path, dataset.sources[0])
    plain = rows["outcome"].fillna("").value_counts()
    assert dict(zip(counted.outcomes["written"], counted.outcomes["n"], strict=True)) == plain.to_dict()
    assert set(counted.outcomes["code"]) == {"no_answer", "hung_up", "talked", "meeting_set", "moved", ""}
    assert counted.n_rows == 600


def test_counts_of_some_reps_are_those_of_a_log_without_the_others(tmp_path) -> None:
    dataset, rows = written(tmp_path)
    some = count_outcomes(dataset, tmp_path, dataset.sources[0], ("segment",)).without(["Ben"])
    rows[rows["rep"] != "Ben"].to_csv(tmp_path / "calls.csv", index=False)
    alone = count_outcomes(dataset, tmp_path, dataset.sources[0], ("segment",))
    pd.testing.assert_frame_equal(some.frame.reset_index(drop=True), alone.frame)
    pd.testing.assert_frame_equal(some.outcomes, alone.outcomes)
    assert some.n_rows == alone.n_rows


def test_a_plan_without_some_reps_counts_nobody_of_them(tmp_path) -> None:
    dataset, rows = written(tmp_path)
    found = count_phases(dataset, tmp_path, phases(), without=["Ben"])
    assert set(found.frame["rep"]) == {"Ann", "Cid"}
    assert found.n_rows == int((rows["rep"] != "Ben").sum())
    unmapped = rows["outcome"].isna() | (rows["outcome"] == "moved")
    assert found.n_unmapped == int((unmapped & (rows["rep"] != "Ben")).sum())


def test_rare_outcomes_are_counted_together_but_for_those_that_the_file_names(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(outcome_counts, "MOST_CODES", 2)
    dataset, rows = written(tmp_path)
    counted = count_outcomes(dataset, tmp_path, dataset.sources[0], named=["meeting_set"])
    codes = set(counted.frame["code"])
    assert RARE in codes
    assert "meeting_set" in codes
    assert counted.frame["n"].sum() == 600
    found = furthest_phases(counted, phases())
    assert int(found.frame.loc[found.frame["phase"] == 3, "n"].sum()) == int((rows["outcome"] == "meeting set").sum())


def test_example_rows_are_the_last_ones_as_the_file_writes_them(tmp_path) -> None:
    dataset, rows = written(tmp_path)
    shown = outcome_rows(dataset, tmp_path, dataset.sources[0], "hung_up")
    mine = rows[rows["outcome"] == "hung up"].sort_values("at")
    assert len(shown) == 50
    assert set(shown["outcome"]) == {"hung up"}
    assert shown["at"].tolist() == sorted(mine["at"], reverse=True)[:50]
    blank = outcome_rows(dataset, tmp_path, dataset.sources[0], "")
    assert len(blank) == min(50, int(rows["outcome"].isna().sum()))


def test_a_log_without_outcomes_is_refused(tmp_path: Path) -> None:
    dataset, _ = written(tmp_path)
    bare = dataset.sources[0].model_copy(update={"events": None})
    with pytest.raises(LookupError):
        count_outcomes(dataset, tmp_path, bare)
