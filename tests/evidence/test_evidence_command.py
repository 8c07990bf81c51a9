"""The ``evidence`` command: promised keys, numbers as the page has them, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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
    assert all(len(kpi["reasons"]) == 2 and len(kpi["said"]) == 3 for kpi in printed["kpis"])
    assert printed["kpis"][1]["lead"]["given_last_goal"] is not None


def test_the_table_names_every_kpi(capsys):
    assert main(["evidence", *FILES, "--smallest", "0.3"]) == 0
    shown = capsys.readouterr().out
    assert "Keep" in shown.splitlines()[0]
    assert all(name in shown for name in ("Quotes", "CRM notes", "Would change it:", "plausible ranks"))


def test_a_link_outside_0_to_1_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["evidence", *FILES, "--smallest", "2"])
    assert stopped.value.code == 2
    assert "between 0 and 1" in capsys.readouterr().err
