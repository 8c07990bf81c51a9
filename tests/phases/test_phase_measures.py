"""Measures of a phase: the KPI made of them is the phase's rate as counted; what counts the same already is used."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.phases.test_phase_counts import phases, written
from workbench.data.aggregate.build_panel import build_panel
from workbench.phases.outcome_counts import OutcomeCounts, count_outcomes
from workbench.phases.phase_counts import furthest_phases
from workbench.phases.phase_cube import cube_of_phases, merge_phases
from workbench.phases.phase_file import PhaseFile
from workbench.phases.phase_measures import with_rate_of_phase


def forms(counted: OutcomeCounts) -> dict[str, tuple[str, ...]]:
    return dict(zip(counted.outcomes["code"], counted.outcomes["forms"], strict=True))


@pytest.mark.parametrize("k", [0, 1, 2])
def test_the_rate_is_the_one_counted_in_whatever_form_outcomes_are_written(tmp_path, k: int) -> None:
    dataset, rows = written(tmp_path)
    rows["outcome"] = rows["outcome"].mask(rows["id"] % 3 == 0, rows["outcome"].str.upper())
    rows.to_csv(tmp_path / "calls.csv", index=False)
    file = phases()
    counted = count_outcomes(dataset, tmp_path, dataset.sources[0])
    assert sorted(forms(counted)["hung_up"]) == ["HUNG UP", "hung up"]
    cube = cube_of_phases(furthest_phases(counted, file))
    changed, formula = with_rate_of_phase(dataset, file, cube.phases, k, forms(counted))
    frame = build_panel(changed, tmp_path).frame
    above, below = formula.split(" / ")
    sums = frame.groupby("rep")[[above, below]].sum()
    assert sums[above].tolist() == cube.by_rep(cube.reached[k + 1]).tolist()
    assert sums[below].tolist() == cube.by_rep(cube.reached[k]).tolist()
    again, same = with_rate_of_phase(changed, file, cube.phases, k, forms(counted))
    assert (again, same) == (changed, formula)


def test_the_rate_of_phases_read_together_leaps_over_the_step_between(tmp_path) -> None:
    dataset, rows = written(tmp_path)
    file = phases()
    counted = count_outcomes(dataset, tmp_path, dataset.sources[0])
    cube = merge_phases(cube_of_phases(furthest_phases(counted, file)), 2)
    assert cube.phases == ("Reached", "Talked + Meeting set")
    changed, formula = with_rate_of_phase(dataset, file, cube.phases, 1, forms(counted))
    frame = build_panel(changed, tmp_path).frame
    above, below = formula.split(" / ")
    assert frame[above].sum() == (rows["outcome"] == "meeting set").sum()
    assert frame[below].sum() == rows["outcome"].isin(["hung up", "Talked", "meeting set"]).sum()


def all_mapped() -> PhaseFile:
    file = phases()
    return file.model_copy(update={"dispositions": {**file.dispositions, "moved": None}})


def test_all_calls_are_the_count_that_is_there_only_where_every_call_has_an_outcome(tmp_path) -> None:
    dataset, rows = written(tmp_path)
    counted = count_outcomes(dataset, tmp_path, dataset.sources[0])
    _, formula = with_rate_of_phase(dataset, all_mapped(), ["Reached"], 0, forms(counted))
    assert formula == "calls_reached / calls_calls_with_an_outcome"
    pd.DataFrame(rows.dropna(subset="outcome")).to_csv(tmp_path / "calls.csv", index=False)
    counted = count_outcomes(dataset, tmp_path, dataset.sources[0])
    _, formula = with_rate_of_phase(dataset, all_mapped(), ["Reached"], 0, forms(counted))
    assert formula == "calls_reached / dials"


def test_outcomes_with_quotes_in_them_stay_text(tmp_path) -> None:
    dataset, rows = written(tmp_path)
    rows["outcome"] = rows["outcome"].replace({"hung up": "didn't talk"})
    rows.to_csv(tmp_path / "calls.csv", index=False)
    file = phases(dispositions={"didn't talk": "Reached", "Talked": "Talked", "meeting set": "Meeting set"})
    counted = count_outcomes(dataset, tmp_path, dataset.sources[0])
    changed, formula = with_rate_of_phase(dataset, file, file.phases, 1, forms(counted))
    frame = build_panel(changed, tmp_path).frame
    below = formula.split(" / ")[1]
    assert frame[below].sum() == rows["outcome"].isin(["didn't talk", "Talked", "meeting set"]).sum()
