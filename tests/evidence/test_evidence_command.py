"""The ``evidence`` command: promised keys, numbers as the page has them, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.real_files import real_files
from workbench.cli.main import main

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "quotes-desk"
FILES = (str(SAMPLE / "quotes-desk.dataset.json"), str(SAMPLE / "quotes-desk.design.json"))
PROMISED = {"name", "verdict", "reasons", "validity", "lead", "necessity", "discrimination", "stability",
            "independence", "drift", "style"}  # fmt: skip


@pytest.fixture(scope="module")
def printed() -> dict:
    """The JSON of the quotes desk, once for all tests."""
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        assert main(["evidence", *FILES, "--json"]) == 0
    return json.loads(out.getvalue())


def test_every_promised_key_is_there(printed):
    assert all(set(kpi) >= PROMISED for kpi in printed["kpis"])
    assert {"rank_ranges", "effective_weights"} <= set(printed["scorecard"])
    assert len(printed["scorecard"]["rank_ranges"]) == 18
    assert sum(printed["scorecard"]["effective_weights"].values()) == pytest.approx(1)


def test_links_have_the_promised_form(printed):
    link = printed["kpis"][0]["validity"]["across_reps"]
    assert set(link) >= {"rho", "low", "high", "n", "method"}
    assert link["n"] == 18


def test_verdicts_and_reasons(printed):
    verdicts = {kpi["name"]: kpi["verdict"] for kpi in printed["kpis"]}
    assert verdicts["Decision-maker meetings"] == "keep"
    assert verdicts["CRM notes"] == "watch"
    assert all(len(kpi["reasons"]) == 2 and len(kpi["said"]) == 2 and kpi["would_change"] for kpi in printed["kpis"])
    assert printed["kpis"][1]["lead"]["given_last_goal"] is not None


def test_the_table_names_every_kpi(capsys):
    assert main(["evidence", *FILES, "--smallest", "0.3"]) == 0
    shown = capsys.readouterr().out
    assert "Keep" in shown.splitlines()[0]
    assert all(name in shown for name in ("Quotes", "CRM notes", "What would change our mind:", "plausible ranks"))


def test_a_link_outside_0_to_1_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["evidence", *FILES, "--smallest", "2"])
    assert stopped.value.code == 2
    assert "between 0 and 1" in capsys.readouterr().err


MAVEN = {
    "name": "Maven", "grain": "month",
    "sources": [{
        "name": "pipeline", "location": "sales_pipeline.csv", "rep": "sales_agent", "date": "engage_date",
        "measures": [
            {"name": "opportunities", "aggregate": "count"},
            {"name": "closed", "aggregate": "count", "where": "deal_stage in ('Won', 'Lost')", "date": "close_date"},
            {"name": "won", "aggregate": "count", "where": "deal_stage == 'Won'", "date": "close_date"},
            {"name": "won_value", "aggregate": "sum", "column": "close_value", "where": "deal_stage == 'Won'",
             "date": "close_date", "unit": "USD"},
        ],
    }],
    "roster": {"location": "sales_teams.csv", "rep": "sales_agent", "attributes": ["manager", "regional_office"]},
}  # fmt: skip
MAVEN_DESIGN = {
    "name": "Maven", "scoring": {"basis": "totals"},
    "goal": {"measure": "won_value", "label": "Sales", "target": 33000},
    "kpis": [
        {"name": "Opportunities", "formula": "opportunities", "target": 26, "weight": 50, "minutes_each": 20},
        {"name": "Win rate", "formula": "won / closed", "target": 0.63, "weight": 50},
        {"name": "Lost deals", "formula": "closed - won", "direction": "lower", "target": 5, "weight": 10},
        {"name": "Deal size", "formula": "won_value / won", "target": 2000, "weight": 10},
    ],
}  # fmt: skip


def test_a_real_pipeline_prints_json_with_every_finding(tmp_path, capsys):
    for file in real_files("maven_crm").glob("*.csv"):
        (tmp_path / file.name).symlink_to(file)
    paths = [str(tmp_path / name) for name in ("m.dataset.json", "m.design.json")]
    for path, content in zip(paths, (MAVEN, MAVEN_DESIGN), strict=True):
        Path(path).write_text(json.dumps(content), encoding="utf-8")
    assert main(["evidence", *paths, "--json"]) == 0
    kpis = {kpi["name"]: kpi for kpi in json.loads(capsys.readouterr().out)["kpis"]}
    assert all(set(kpi) >= PROMISED for kpi in kpis.values())
    assert kpis["Win rate"]["validity"]["across_reps"]["rho"] == pytest.approx(-0.2067, abs=6e-4)
    assert kpis["Deal size"]["reasons"][0]["fact"] == "goal"
    assert kpis["Opportunities"]["returns"]["hours_per_period"] > 0
    found = kpis["Win rate"]["style"]["segments"]["links"]
    assert {link["attribute"] for link in found} == {"manager", "regional_office"}
