"""Months with any of a KPI's work beside months without: planted teams in which one or the other is the whole link."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from tests.evidence.planted import record_of
from tests.scoring.panels import design_of, random_panel
from workbench.evidence.build_record import build_record
from workbench.evidence.evidence_json import evidence_json
from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.report import run_checks
from workbench.evidence.working_periods import check
from workbench.words.evidence import About
from workbench.words.evidence_details import questions_and_answers
from workbench.words.evidence_working import working_answer

ABOUT = About("Sales", "month", EvidenceOptions())
SHAPE = (24, 18)


def team(rng: np.random.Generator, kind: str) -> Record:
    """Calls in two of three months; what they do for sales as ``kind`` says."""
    on = rng.random(SHAPE) < 2 / 3
    amount = rng.gamma(4, 25, SHAPE)
    calls = np.where(on, amount, 0.0)
    sales = {
        "school": 3.0 * on + rng.normal(0, 2, SHAPE),  # those on the phones also sell; how much they call is nothing
        "lever": 0.02 * calls + rng.normal(0, 2, SHAPE),
        "other work": np.where(on, 0.02 * amount, 4.0) + rng.normal(0, 1, SHAPE),
        "nothing": rng.normal(0, 2, SHAPE),
    }[kind]
    record = record_of(calls[None], sales)
    return replace(record, kpis=("Calls",), units=calls[None])


def drawn(kind: str, teams: int = 100) -> list:
    return [check(team(np.random.default_rng(seed), kind), EvidenceOptions())[0] for seed in range(teams)]


def test_a_link_of_any_calls_at_all_is_told_from_one_of_many_calls():
    """A school's calls: .34 over all months and −.05 among working ones, and only the .34 was said."""
    found = drawn("school")
    assert np.mean([one.differs for one in found]) >= 0.95
    assert np.mean([one.whole.low > 0 for one in found]) >= 0.95
    assert np.mean([one.working.low <= 0 <= one.working.high for one in found]) >= 0.9
    assert abs(np.mean([one.working.rho for one in found])) < 0.02
    said = working_answer("Calls", found[0], ABOUT)
    assert said.startswith(
        "The link only separates months with any Calls from months without any. Among months with any Calls, no "
    )
    assert f"{found[0].n_idle} of 432 rep-months have no Calls." in said
    assert max(len(one.split()) for one in re.split(r"(?<=\.) ", said)[:3]) <= 20


@pytest.mark.parametrize("kind", ["lever", "nothing"])
def test_a_lever_loses_range_without_its_empty_months_and_is_not_told_so(kind):
    """Its correlation falls, as any does without the lowest values; its slope stays."""
    found = drawn(kind)
    assert np.mean([one.differs for one in found]) <= 0.05
    if kind == "lever":
        assert np.mean([one.whole.rho - one.working.rho for one in found]) > 0.05


def test_other_work_in_months_without_calls_can_hide_a_link():
    found = drawn("other work", 20)
    assert all(one.differs and one.working.low > 0 and not one.whole.low > 0 for one in found)
    assert "Among months with any Calls, doing better is linked to more Sales." in working_answer(
        "Calls", found[0], ABOUT
    )


def test_where_the_work_is_always_done_or_cannot_be_told_nothing_is_said():
    record = team(np.random.default_rng(1), "lever")
    always = replace(record, units=np.maximum(record.units, 1.0))
    unknown = replace(record, units=np.full_like(record.units, np.nan))
    the_goal = replace(record, holds_goal=(True,))
    assert [check(one, EvidenceOptions()) for one in (always, unknown, the_goal)] == [(None,)] * 3
    assert working_answer("Calls", None, ABOUT) == ""


def test_the_report_says_it_of_a_panel():
    panel = random_panel(2, n_reps=20, n_periods=18)
    rng = np.random.default_rng(3)
    on = rng.random(len(panel.frame)) < 0.6
    frame = panel.frame.assign(calls=panel.frame["calls"] * on, sales=rng.normal(1000, 300, len(on)) + 600 * on)
    design = design_of(
        {"name": "Calls", "formula": "calls", "target": 200, "weight": 1},
        {"name": "Win rate", "formula": "won / closed", "target": 0.5, "weight": 1},
    )
    found = run_checks(build_record(replace(panel, frame=frame), design), EvidenceOptions(draws=49))
    calls, rate = found.kpis
    assert (calls.working.n, calls.working.n_idle, rate.working) == (360, int((~on).sum()), None)
    asked = dict(questions_and_answers(calls, ABOUT))
    assert "no link is detectable" in asked["Does the amount matter, or only doing any?"]
    assert "Does the amount matter, or only doing any?" not in dict(questions_and_answers(rate, ABOUT))
    assert evidence_json(found)["kpis"][0]["working"]["n_idle"] == calls.working.n_idle
