"""Who is limited to some reps gets their figures unchanged, and nothing of anybody else, whatever reads the data."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.sample_panels import SAMPLES, sample_panel
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.aggregate.coarsen import coarsen
from workbench.data.aggregate.downloads import panel_csv, unused_rows_csv
from workbench.data.aggregate.limit_reps import limit_panel, read_allowed_reps
from workbench.data.model.dataset import DataSet, load_dataset, parse_dataset
from workbench.data.model.panel import REP, Panel
from workbench.data.model.panel_key import panel_key
from workbench.data.model.row_overlap import RowOverlap
from workbench.design.model import load_design
from workbench.errors import InputError
from workbench.export.content import gather_export
from workbench.export.write_export import FORMATS
from workbench.integrity.count_suspects import count_suspects
from workbench.phases.outcome_counts import count_outcomes
from workbench.phases.outcome_rows import outcome_rows
from workbench.rights.person import RepLimit
from workbench.words.unused_reasons import UNUSED_REASONS

NAME = "the-conversation"
FOLDER = SAMPLES / NAME
PHOENIX = RepLimit("Office", ("phoenix",))


def limited(limit: RepLimit) -> DataSet:
    return load_dataset(FOLDER / f"{NAME}.dataset.json").model_copy(update={"only": limit})


@pytest.fixture(scope="module")
def whole() -> Panel:
    return sample_panel(NAME)


@pytest.fixture(scope="module")
def part() -> Panel:
    return build_panel(limited(PHOENIX), FOLDER)


def texts(value: Any) -> set[str]:
    """Every text anywhere in a value."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, pd.DataFrame):
        return {str(each) for column in value for each in value[column].unique()} | {*map(str, value.columns)}
    if isinstance(value, pd.Series | np.ndarray):
        return {str(each) for each in np.unique(np.asarray(value).astype(str))}
    if is_dataclass(value):
        return {text for each in fields(value) for text in texts(getattr(value, each.name))}
    if isinstance(value, dict):
        return {text for pair in value.items() for each in pair for text in texts(each)}
    if isinstance(value, tuple | list | set | frozenset):
        return {text for each in value for text in texts(each)}
    return {str(value)}


def others(whole: Panel) -> set[str]:
    return {*whole.reps.loc[whole.reps["office"] != "Phoenix", "rep"]}


def test_a_limited_panel_names_nobody_else_and_counts_the_same(whole: Panel, part: Panel) -> None:
    here = {*whole.reps.loc[whole.reps["office"] == "Phoenix", "rep"]}
    assert 0 < len(here) < len(whole.reps)
    assert {*part.frame["rep"]} == here
    told = texts(part)
    assert here <= told
    assert not [text for text in told if any(name in text for name in others(whole))]
    assert 0 < part.n_rows_used < whole.n_rows_used
    assert any(each.rows for each in whole.coverage)
    assert not any(each.rows for each in part.coverage), "how many rows a month has is everybody's"
    expected = whole.frame[whole.frame["rep"].isin(here)].reset_index(drop=True)
    pd.testing.assert_frame_equal(part.frame, expected)


def test_months_of_one_rep_have_the_workdays_of_the_team_also_where_the_rep_was_away_for_weeks(whole: Panel) -> None:
    alone = whole.reps[REP].iloc[0]
    of_one = limit_panel(replace(whole, reps=whole.reps.assign(who=whole.reps[REP])), RepLimit("who", (alone,)))
    away = replace(of_one, frame=of_one.frame.drop(index=[1, 2, 7]).reset_index(drop=True))
    expected = coarsen(whole, "month").team_workdays
    assert expected is not None
    assert expected.max() > 15
    for panel in (of_one, away):
        pd.testing.assert_series_equal(coarsen(panel, "month").team_workdays, expected)


@pytest.mark.parametrize(("n_outside", "shares"), [(4, (0.4, 0.6)), (5, (0.38, 0.57)), (12, (0.38, 0.57))])
def test_a_share_of_the_whole_team_tells_no_counts(whole: Panel, n_outside: int, shares: tuple[float, float]) -> None:
    reps = whole.reps.head(n_outside + 2)
    team = replace(
        whole, reps=reps.assign(who=["me", "me"] + ["other"] * n_outside),
        frame=whole.frame[whole.frame[REP].isin(reps[REP])], overlaps=(RowOverlap("a", "b", 3 / 8, 4 / 7, 12),),
    )  # fmt: skip
    (found,) = limit_panel(team, RepLimit("who", ("me",))).overlaps
    assert (found.share_of_measure, found.share_of_other, found.n_shared) == (*shares, 0)


def test_files_that_are_taken_away_name_nobody_else(whole: Panel, part: Panel) -> None:
    design = load_design(FOLDER / f"{NAME}.design.json")
    for panel, is_whole in ((whole, True), (part, False)):
        content = gather_export(panel, design, hidden=False)
        files = [panel_csv(panel), unused_rows_csv(panel, UNUSED_REASONS),
                 *(FORMATS[ending](content, "today") for ending in ("html", "json"))]  # fmt: skip
        named = [any(name.encode() in (file if isinstance(file, bytes) else file.encode()) for name in others(whole))
                 for file in files]  # fmt: skip
        assert named == [is_whole, False, is_whole, is_whole]


def test_results_of_both_are_kept_apart(whole: Panel, part: Panel) -> None:
    keys = {panel_key(limited(each), FOLDER) for each in (PHOENIX, RepLimit("office", ("Tampa",)))}
    assert len(keys | {whole.key}) == 3
    assert part.key in keys


def test_logs_read_for_checks_and_phases_hold_nobody_else(whole: Panel) -> None:
    dataset = limited(PHOENIX)
    (log,) = [each for each in dataset.sources if each.name == "calls"]
    code = str(count_outcomes(dataset, FOLDER, log).outcomes["code"].iloc[0])
    for found in (count_suspects(dataset, FOLDER), count_outcomes(dataset, FOLDER, log),
                  outcome_rows(dataset, FOLDER, log, code)):  # fmt: skip
        assert texts(found) & {*whole.reps["rep"]}
        assert not texts(found) & others(whole)


@pytest.mark.parametrize("limit", [RepLimit("team", ("Phoenix",)), RepLimit("office", ("Nowhere",)), RepLimit("", ())])
def test_where_the_roster_does_not_say_who_belongs_to_it_nothing_is_read(whole: Panel, limit: RepLimit) -> None:
    with pytest.raises(InputError):
        limit_panel(whole, limit)
    with pytest.raises(InputError):
        read_allowed_reps(limited(limit), FOLDER, {})


def test_without_a_roster_nothing_is_read() -> None:
    dataset = limited(PHOENIX).model_copy(update={"roster": None, "scored": None})
    with pytest.raises(InputError):
        read_allowed_reps(dataset, FOLDER, {})
    with pytest.raises(InputError):
        count_suspects(dataset, FOLDER)


def test_a_limit_survives_the_file() -> None:
    dataset = limited(PHOENIX)
    assert parse_dataset(dataset.model_dump(mode="json", by_alias=True)).only == PHOENIX


def test_what_is_wrong_with_the_files_names_nobody_to_who_is_limited(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("rep,Sara Sued,outcome\nNora,1,won\n")
    (tmp_path / "team.csv").write_text("rep,team\nNora,North\n")
    dataset = parse_dataset({
        "name": "Calls", "roster": {"location": "team.csv", "rep": "rep", "attributes": ["team"]},
        "sources": [{"name": "calls", "location": "calls.csv", "rep": "rep", "date": "Sara Sud",
                     "events": {"disposition": "outcome"}, "measures": [{"name": "calls", "aggregate": "count"}]}],
    })  # fmt: skip
    (log,) = dataset.sources
    for only in (None, RepLimit("team", ("North",))):
        mine = dataset.model_copy(update={"only": only})
        for read in (partial(build_panel, mine, tmp_path), partial(count_suspects, mine, tmp_path),
                     partial(count_outcomes, mine, tmp_path, log)):  # fmt: skip
            with pytest.raises(InputError) as refused:
                read()
            said = " ".join(f"{each}" for each in refused.value.issues)
            assert ("Sara" in said) is (only is None)
            assert [each.code for each in refused.value.issues] == ["limited_problems"] or only is None
