"""The command line beside the pure call: same numbers, every problem at once, exit codes."""

import json

import pytest

from tests.scoring.panels import CALLS, MEETINGS, random_panel
from workbench.cli.main import main

MEASURES = ("calls", "meetings", "closed", "won", "sales")


@pytest.fixture
def files(tmp_path):
    """A data set whose file holds a random panel row by row, and a design on it."""
    random_panel(1).frame.to_csv(tmp_path / "rows.csv", index=False)
    measures = [{"name": name, "aggregate": "sum", "column": name} for name in MEASURES]
    source = {"name": "rows", "location": "rows.csv", "rep": "rep", "date": "period", "measures": measures}
    design = {"name": "d", "goal": {"measure": "sales", "target": 1000}, "kpis": [CALLS, MEETINGS]}
    return _written(tmp_path, {"name": "t", "sources": [source]}, design)


def _written(folder, dataset, design):
    for name, content in (("t.dataset.json", dataset), ("t.design.json", design)):
        (folder / name).write_text(json.dumps(content))
    return str(folder / "t.dataset.json"), str(folder / "t.design.json")


def test_json_and_table(files, capsys):
    assert main(["backtest", *files, "--json", "--top", "3"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert (out["n_reps"], out["n_periods"], out["awards"]["top"]) == (8, 6, 3)
    assert out["goal"]["total"] == pytest.approx(random_panel(1).frame["sales"].sum())
    assert main(["backtest", *files]) == 0
    shown = capsys.readouterr().out
    assert f"across reps                  {out['scorecard']['agreement']['across_reps']['rho']:.2f}" in shown
    assert out["reps"][0]["rep"] in shown


def test_problems_of_both_files_are_listed_together(tmp_path, capsys):
    files = _written(tmp_path, {"name": "t"}, {"name": "d", "kpis": [{"nmae": "x"}]})
    assert main(["backtest", *files]) == 2
    said = capsys.readouterr().err
    assert "“sources” is required" in said
    assert "nmae" in said
    assert "“name” is required" in said


def test_an_unsound_design_is_refused_with_every_problem(files, tmp_path, capsys):
    design = {
        "name": "d",
        "kpis": [{"name": "Calls", "formula": "cals", "weight": 1}, {"name": "B", "formula": "won +"}],
    }
    (tmp_path / "t.design.json").write_text(json.dumps(design))
    assert main(["backtest", *files]) == 2
    said = capsys.readouterr().err.lower()
    assert "goal" in said
    assert "did you mean calls" in said
    assert "won +" in said or "position" in said
