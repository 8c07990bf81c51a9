"""One period of many reps, and a single series: nothing is said that such data cannot show."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from tests.evidence.planted import record_of
from workbench.charts.evidence import forest_rows
from workbench.cli.main import main
from workbench.evidence.calibration.calibration_table import load_table
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import Evidence, run_checks
from workbench.words import evidence as words
from workbench.words.calibration import calibration_method, calibration_sentence, calibration_table
from workbench.words.evidence_details import questions_and_answers
from workbench.words.evidence_method import verdict_conditions
from workbench.words.numbers import pluralize

ABOUT = words.About("Sales", "month", EvidenceOptions())
LIMIT = "With one month per rep we can say who has more Sales, not whether doing more raises Sales."
LATER = ("later", "delay", "as long a history", "first half", "over time", "season", "next month", "yet", "too short",
         "no interval", "more reps", "months")  # fmt: skip


def cross_section(n: int = 902, seed: int = 1) -> Evidence:
    """Planted, across reps: one KPI with a link of .4, one without any, one that only echoes the first."""
    rng = np.random.default_rng(seed)
    seller, useless, own, noise = rng.normal(size=(4, n))
    goal = 0.4 * seller + np.sqrt(1 - 0.4**2) * noise
    return run_checks(record_of(np.stack([seller, useless, 0.7 * seller + 0.7 * own])[:, :, None], goal[:, None]))


def everything_said(report: Evidence) -> list[str]:
    said = [words.verdicts_sentence(report), calibration_sentence(report.n_reps, report.n_periods)]
    for one in report.kpis:
        said += [*words.reason_sentences(one, ABOUT), words.verdict_change_sentence(one.verdict, ABOUT)]
        said += [answer for _, answer in questions_and_answers(one, ABOUT)]
    return said


def test_one_month_of_902_reps_tells_who_sells_more_and_nothing_else():
    """It was "not enough data: more reps", with halves of the history that have n 0."""
    report = cross_section()
    seller, useless, echo = report.kpis
    assert [one.verdict.name for one in report.kpis] == ["watch", "watch", "watch"]
    assert words.reason_sentences(seller, ABOUT)[0] == "Reps who do better on k0 have more Sales."
    assert words.reason_small_print(seller, ABOUT).startswith("Across reps: ρ 0.3")
    assert words.reason_sentences(useless, ABOUT)[0] == "Reps who do better on k1 don't have more Sales."
    assert words.reason_sentences(echo, ABOUT)[0].startswith("k0 already predicts most of the Sales that k2 predicts.")
    assert all(words.reason_sentences(one, ABOUT)[1] == LIMIT for one in report.kpis)
    heard = " ".join(everything_said(report))
    assert [phrase for phrase in LATER if phrase in heard] == []


def test_the_link_across_reps_of_one_period_is_scipys():
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(2, 40))
    link = run_checks(record_of(x[None, :, None], y[:, None])).kpis[0].findings.validity.across_reps
    assert link.rho == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-12)
    assert link.low < link.rho < link.high


def test_the_picture_of_one_period_holds_the_link_given_the_others_across_reps():
    report = cross_section()
    rows = forest_rows(report, "month")
    assert set(rows["key"]) == {"across", "given"}
    echo = rows[(rows["kpi"] == "k2") & (rows["key"] == "given")].iloc[0]
    assert echo["rho"] == report.kpis[2].findings.necessity.partial_across.rho


def test_few_reps_in_one_month_need_so_many_reps_and_no_months():
    rng = np.random.default_rng(2)
    one = run_checks(record_of(rng.normal(size=(1, 20, 1)), rng.normal(size=(20, 1)))).kpis[0]
    assert one.verdict.name == "not enough data"
    needed = one.verdict.enough
    assert np.isnan(needed.periods)
    assert 120 < needed.reps < 320  # 194 by ((1.96 + .84) ÷ atanh .2)² + 3
    assert words.verdict_change_sentence(one.verdict, ABOUT) == f"about {needed.reps:.0f} reps in the same month."


def test_what_is_the_same_for_all_reps_needs_values_that_differ():
    report = run_checks(record_of(np.full((1, 50, 1), 3.0), np.arange(50.0)[:, None]))
    assert words.verdict_change_sentence(report.kpis[0].verdict, ABOUT).startswith("values that differ")


def test_one_series_is_no_evidence_about_reps():
    """ChickEgg-like: one unit's totals over 54 years; "more reps: with so few there is not even an error" was said."""
    rng = np.random.default_rng(3)
    chicken = rng.normal(size=(1, 54)).cumsum(axis=1)
    report = run_checks(record_of(np.stack([chicken, rng.normal(size=(1, 54))]), 0.9 * chicken))
    for one in report.kpis:
        assert one.verdict.name == "not enough data"
        said = words.reason_sentences(one, ABOUT)
        assert said == ("These figures are of one rep, or of one total. They cannot show what other reps would do for "
                        "Sales.",)  # fmt: skip
        assert questions_and_answers(one, ABOUT) == [("Is it linked to the goal?", said[0])]
        assert words.verdict_change_sentence(one.verdict, ABOUT) == (
            "the same figures for each rep, 5 reps or more, with a row per month."
        )
    assert words.verdicts_sentence(report) == "There is not enough data for k0 and k1."
    assert calibration_sentence(report.n_reps, report.n_periods) == ""
    assert forest_rows(report, "month").empty


def test_two_periods_or_two_reps_are_read_as_before():
    rng = np.random.default_rng(5)
    for shape in ((30, 2), (2, 30)):
        one = run_checks(record_of(rng.normal(size=(1, *shape)), rng.normal(size=shape))).kpis[0]
        assert one.findings.scope == "panel"
        assert one.verdict.name == "not enough data"


def files_of(folder: Path, reps: int, periods: int) -> tuple[Path, Path]:
    """A table of calls, visits and sales by rep and month, with its data set file and a design file."""
    rng = np.random.default_rng(6)
    rows = ["rep,month,calls,visits,sales"]
    for rep in range(reps):
        for month in range(periods):
            calls, visits = rng.poisson((40, 9))
            when = f"{2019 + month // 12}-{month % 12 + 1:02}-01"
            rows.append(f"rep {rep:03},{when},{calls},{visits},{1000 + 20 * calls + 150 * rng.normal():.0f}")
    (folder / "table.csv").write_text("\n".join(rows), encoding="utf-8")
    measures = [{"name": name, "aggregate": "sum", "column": name} for name in ("calls", "visits", "sales")]
    source = {"name": "table", "location": "table.csv", "rep": "rep", "date": "month", "measures": measures}
    kpis = [{"name": name.title(), "formula": name, "target": 20, "weight": 50} for name in ("calls", "visits")]
    design = {"name": "by hand", "goal": {"measure": "sales", "label": "Sales", "target": 1000}, "kpis": kpis}
    for name, content in (("a.dataset.json", {"name": "a", "sources": [source]}), ("a.design.json", design)):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder / "a.dataset.json", folder / "a.design.json"


@pytest.mark.parametrize(
    ("reps", "periods", "told", "absent"),
    [(250, 1, LIMIT, "within reps"), (1, 40, "These figures are of one rep, or of one total.", "across reps")],
    ids=["one month", "one series"],
)
def test_the_command_reads_such_files_and_prints_only_what_they_can_show(tmp_path, capsys, reps, periods, told, absent):
    """Of a single series it printed links across reps that are all "not enough data"."""
    dataset, design = files_of(tmp_path, reps, periods)
    assert main(["evidence", str(dataset), str(design)]) == 0
    said = capsys.readouterr().out
    assert told in said
    assert absent not in said
    assert pluralize(reps, "rep") + ", " + pluralize(periods, "month") in said


def test_reps_with_one_period_each_in_different_years_are_no_panel():
    """Twenty careers of one season each, over twenty years, were read as twenty reps with a history."""
    rng = np.random.default_rng(7)
    values, goal = rng.normal(size=(1, 250, 20)), rng.normal(size=(250, 20))
    other = np.arange(20)[None, :] != rng.integers(0, 20, 250)[:, None]
    values[:, other] = goal[other] = np.nan
    report = run_checks(record_of(values, goal))
    assert (report.scope, report.periods_per_rep, report.n_periods) == ("one period", 1, 20)
    assert LIMIT in words.reason_sentences(report.kpis[0], ABOUT)
    goal[0] = 1.0
    assert run_checks(record_of(values, goal)).scope == "panel"


def test_the_rules_shown_are_those_that_the_history_can_meet():
    """Every team read three rules on a single period."""
    rng = np.random.default_rng(8)
    team = run_checks(record_of(rng.normal(size=(1, 12, 12)), rng.normal(size=(12, 12))))
    single = "there is one period only"
    assert [row["When"] for row in verdict_conditions(team) if single in row["When"].lower()] == []
    assert [row["When"] for row in verdict_conditions(team) if "of one rep" in row["When"]] == []
    of_one = verdict_conditions(cross_section())
    assert sum(single in row["When"].lower() for row in of_one) == 5
    assert ", ".join(row["Here"] for row in of_one if row["Here"]).count("k") == 3


@pytest.mark.parametrize(("reps", "periods"), [(902, 1), (1, 54)])
def test_no_simulated_team_is_like_one_period_or_one_rep(reps, periods):
    """The table marked “← most like yours” though nothing like it was simulated."""
    rows = load_table()
    assert [row for row in calibration_table(rows, reps, periods) if "←" in row["Team"]] == []
    assert "←" not in calibration_method(reps, periods)
    assert len([row for row in calibration_table(rows, 20, 24) if "←" in row["Team"]]) == 1
    assert "← is most like yours" in calibration_method(20, 24)
