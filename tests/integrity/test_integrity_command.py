"""The ``integrity`` command: promised keys, the planted fakers of the dials floor, and nobody on clean data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integrity.logs import CALLS, quiet_calls, write_log
from workbench.cli.main import main
from workbench.data.model.dataset import dataset_json
from workbench.integrity.calibration.flag_table import load_flag_table

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "quotes-desk"


@pytest.mark.usefixtures("samples_built_once")
def test_every_promised_key_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(SAMPLE / "quotes-desk.dataset.json"), str(SAMPLE / "quotes-desk.design.json")]
    assert main(["integrity", *files, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {"reps", "cannot_tell", "kpis", "without_suspect"} <= set(printed)
    assert {rep["rep"]: rep["flags"] for rep in printed["reps"]} == {rep["rep"]: [] for rep in printed["reps"]}
    assert all(0 <= rep["suspect_share"] <= 1 for rep in printed["reps"])
    assert {"check", "why"} <= set(printed["cannot_tell"][0])
    quotes = next(kpi for kpi in printed["kpis"] if kpi["name"] == "Quotes")
    assert quotes["points_per_hour"] == pytest.approx(2.35, abs=0.01)
    assert quotes["counter_metric"]["formula"] == "asked_quotes / quotes"
    assert quotes["bunching"]["found"] is False
    assert quotes["bunching"]["came_to_nothing"] is None
    assert {"n_reps", "scorecard", "awards", "reps"} <= set(printed["without_suspect"])
    assert printed["without_suspect"]["left_out"] == ["unanswered"]


@pytest.mark.usefixtures("samples_built_once")
def test_dates_of_the_target_and_months_that_chose_the_kpi_can_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(SAMPLE / "quotes-desk.dataset.json"), str(SAMPLE / "quotes-desk.design.json")]
    dates = ["--target-since", "2024-09", "--target-until", "2025-07", "--chosen-on", "2024-02", "2024-03"]
    assert main(["integrity", *files, *dates, "--json"]) == 0
    quotes = json.loads(capsys.readouterr().out)["kpis"][0]["decoupling"]
    assert (quotes["searched"], quotes["n_before"], quotes["n_after"]) == (False, 6, 10)


def test_without_a_design_people_can_read_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dataset = write_log(tmp_path, quiet_calls(["Ana", "=Ben"], 300), CALLS)
    (tmp_path / "log.dataset.json").write_text(json.dumps(dataset_json(dataset)), encoding="utf-8")
    assert main(["integrity", str(tmp_path / "log.dataset.json")]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[0] == "This data cannot show whether activity was faked."
    assert "Calls of a few seconds (log): cannot tell, because there are too few months" in shown
    assert main(["integrity", str(tmp_path / "log.dataset.json"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["without_suspect"] is None


def test_readme_says_what_the_simulation_found() -> None:
    rows = load_flag_table()
    worst = max(row.honest_named for row in rows if not row.excuse)
    begun = next(
        row.power for row in rows if (row.kind, row.reps, row.empty, row.begin) == ("calm", 24, 0.25, "mid-year")
    )
    said = " ".join((SAMPLE.parents[1] / "README.md").read_text(encoding="utf-8").split())
    assert f"at most {worst:.2f} honest reps were named per team and year" in said
    assert f"a quarter of the activity is named in {begun:.0%}".removesuffix("%") + " of 100 cases" in said


def test_only_scored_reps_are_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A manager who calls now and then is no rep among reps."""
    dataset = write_log(tmp_path, quiet_calls(["Ana", "Ben", "Boss"], 300), CALLS)
    scored = dataset.model_copy(update={"scored": ("Ana", "Ben")})
    (tmp_path / "log.dataset.json").write_text(json.dumps(dataset_json(scored)), encoding="utf-8")
    assert main(["integrity", str(tmp_path / "log.dataset.json"), "--json"]) == 0
    assert [rep["rep"] for rep in json.loads(capsys.readouterr().out)["reps"]] == ["Ana", "Ben"]
