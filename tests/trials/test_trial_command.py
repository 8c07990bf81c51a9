"""The ``trial`` command: promised keys, the sample against its truth, refusals with every issue."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path

import pytest

from tests.sample_panels import build_once
from tests.samples import raw
from workbench.cli import trial as trial_command
from workbench.cli.main import main
from workbench.cli.trial import show

SLUG = "dials-floor"
FOLDER = raw.FOLDER / SLUG
DATASET, TRIAL, DESIGN = (FOLDER / f"{SLUG}.{kind}.json" for kind in ("dataset", "trial", "design"))
PROMISED = {"estimate", "low", "high", "p", "method", "n_treated", "n_comparison", "pre_trend", "naive_before_after",
            "verdict"}  # fmt: skip


def run_trial(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["trial", *map(str, arguments)])
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(autouse=True)
def samples_are_built_once(monkeypatch) -> None:
    monkeypatch.setattr(trial_command, "build_from_file", build_once)


def written(path: Path, **changed: object) -> Path:
    path.write_text(json.dumps(json.loads(TRIAL.read_text(encoding="utf-8")) | changed), encoding="utf-8")
    return path


def test_the_samples_pivot_is_evaluated_as_its_truth_says() -> None:
    """Everybody pivoted, so that it is a pooled before and after, and no p is given."""
    code, out, _ = run_trial(DATASET, TRIAL, DESIGN, "--json")
    printed, truth = json.loads(out), raw.truth(SLUG)
    planted = truth["verdicts"]["trials"]
    assert code == 0
    assert set(printed) >= PROMISED
    assert planted["kind"].startswith("pooled before and after only")
    assert printed["trial"]["start"] == planted["pivot"]
    assert (printed["kind"], printed["verdict"], printed["n_comparison"]) == ("no_comparison", "picture", 0)
    assert [printed[key] for key in ("low", "high", "p", "pre_trend")] == [None] * 4
    assert printed["estimate"] > 0, "sales came back"
    moved = {each["formula"]: each["value"] for each in printed["side_effects"]}
    assert moved["dials / workdays"] < 0 < moved["meetings"]
    left = {each["rep"]: each["reason"] for each in printed["left_out"]}
    roles = {rep["rep"]: rep["roles"] for rep in truth["reps"]}
    assert {rep for rep, why in left.items() if why == "no_after"} == {r for r, has in roles.items() if "leaver" in has}
    assert {rep for rep, why in left.items() if why != "no_after"} == {r for r, has in roles.items() if "joiner" in has}


def test_the_same_is_shown_as_text() -> None:
    code, out, _ = run_trial(DATASET, TRIAL)
    assert code == 0
    assert out.startswith("Communications instead of dials: about $")
    assert "Everybody changed at once" in out
    assert "No data after the start: Elena Petrova, Hana Kobayashi" in out


def test_half_of_the_floor_against_the_other_half_has_every_promised_number(tmp_path) -> None:
    """An invented card on real rows: both groups pivoted, so that no effect may be claimed."""
    names = ["Ana Ruiz", "Tomasz Nowak", "Andre Watson", "Kyle Jensen", "Marcus Bell", "Wei Zhang", "Ricardo Lima"]
    file = written(tmp_path / "a.trial.json", treated=names, kind=None, assignment="random", end="2025-06-30")
    code, out, _ = run_trial(DATASET, file, "--json", "--propose", "6")
    printed = json.loads(out)
    assert code == 0
    assert printed["low"] < printed["estimate"] < printed["high"]
    assert printed["verdict"] == "cannot_tell"
    assert len(printed["proposed"]["treated"]) == 6
    assert len(printed["course"]) == 18
    assert show(printed | {"reps": []}).count("Proposed, seed 1") == 1


def test_a_trial_to_come_says_what_it_could_find(tmp_path) -> None:
    names = ["Ana Ruiz", "Tomasz Nowak", "Andre Watson", "Kyle Jensen", "Marcus Bell", "Wei Zhang", "Ricardo Lima"]
    file = written(tmp_path / "a.trial.json", treated=names, kind=None, start="2025-07-01", assignment="random")
    code, out, _ = run_trial(DATASET, file)
    assert code == 0
    assert "Verdict: No data yet" in out
    assert "Found in 8 of 10 trials from:" in out


def test_everything_wrong_is_named_and_the_exit_code_is_two(tmp_path) -> None:
    file = written(tmp_path / "a.trial.json", treated=["Ana Ruz"], measure="sale", end="2024-01-01", unit="offce")
    code, out, err = run_trial(DATASET, file)
    assert (code, out) == (2, "")
    for meant in ("“Ana Ruiz”?", "sales?", "“office”?"):
        assert f"Did you mean {meant}" in err
    assert "The trial ends before it begins." in err


def test_files_that_cannot_be_read_are_all_named(tmp_path) -> None:
    (tmp_path / "a.trial.json").write_text('{"name": "A"}', encoding="utf-8")
    code, _, err = run_trial(tmp_path / "none.dataset.json", tmp_path / "a.trial.json", tmp_path / "none.design.json")
    assert code == 2
    assert err.count("\n") >= 5


def test_a_proposal_must_leave_somebody_to_compare_with() -> None:
    code, _, err = run_trial(DATASET, TRIAL, "--propose", "90")
    assert code == 2
    assert "Somebody must be left on both sides" in err


def test_the_table_shows_rates_in_per_cent_and_money_in_its_unit(tmp_path) -> None:
    names = ["Ana Ruiz", "Tomasz Nowak", "Andre Watson", "Kyle Jensen", "Marcus Bell", "Wei Zhang", "Ricardo Lima"]
    rates = written(tmp_path / "a.trial.json", treated=names, kind=None, measure="quotes / meetings",
                    side_effects=["sales", "quotes / dials"], end="2025-06-30")  # fmt: skip
    code, out, _ = run_trial(DATASET, rates, DESIGN)
    assert code == 0
    lines = out.splitlines()
    rep = next(line for line in lines if line.startswith("Ana Ruiz")).split()
    assert [each[-1] for each in rep[3:6]] == ["%"] * 3
    assert rep[-1] == "points"
    assert next(line for line in lines if line.startswith("Sales")).count("$") == 4
    assert re.search(r"quotes / dials +\d+% +\S+ points", out)
    planned = written(tmp_path / "b.trial.json", treated=names, kind=None, start="2025-07-01", assignment="random")
    _, out, _ = run_trial(DATASET, planned)
    assert re.search(r"7 of 2\d reps for 6 months: \$[\d.,]+k? \(\d+% of the level\)", out)
    assert "not bounded" not in out
