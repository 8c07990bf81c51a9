"""Looks at a trial while it runs: more looks than periods, looks without variation, ends inside and between periods."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.trials.planted import planted_panel
from workbench.data.model.panel import Panel
from workbench.trials.compare_units import judge_claim
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.trial_data import TrialData
from workbench.trials.trial_file import TrialFile, parse_trial, trial_json
from workbench.trials.trial_scale import whole_periods
from workbench.trials.trial_sides import trial_sides
from workbench.trials.trial_state import with_plan_kept
from workbench.trials.watching import look_ends, spent_levels, unit_paths, watch_without_end
from workbench.words.trial_parts import look_sentence
from workbench.words.trial_reasons import verdict_reason_sentences
from workbench.words.trials import trial_headline

TREATED = [f"rep {i:02d}" for i in range(10)]
START = 12


def sales(seed: int = 7, months: int = 18, noise: float = 0.2) -> np.ndarray:
    """Twenty reps of different levels, without any effect."""
    rng = np.random.default_rng(seed)
    return 30 * np.exp(rng.normal(0, 0.3, (20, 1))) * np.exp(rng.normal(0, noise, (20, months)))


def card(**changes: Any) -> TrialFile:
    """Half of them changed by lot for six months."""
    content: dict[str, Any] = {
        "name": "New script", "measure": "sales", "treated": TREATED, "start": "2025-01", "end": "2025-06-30",
        "assignment": "random",
    }  # fmt: skip
    return parse_trial(content | changes)


def quarterly(values: np.ndarray) -> Panel:
    """The same reps by quarter, from 2022 on."""
    panel = planted_panel(values)
    quarters = pd.period_range("2022-01", periods=values.shape[1], freq="Q").to_timestamp().as_unit("us")
    return replace(panel, grain="quarter", frame=panel.frame.assign(period=np.tile(quarters, len(values))))


@pytest.mark.parametrize(("planned", "looks"), [(6, 24), (4, 12), (6, 6), (7, 5), (12, 12), (3, 2), (1, 24)])
def test_no_look_is_due_before_a_period_is_over_nor_twice(planned: int, looks: int) -> None:
    ends = look_ends(planned, looks)
    assert len(ends) == min(planned, looks)
    assert ends[0] >= 1
    assert ends[-1] == planned
    assert (np.diff(ends) > 0).all()


def test_more_looks_than_periods_do_not_stop_trials_without_effect() -> None:
    """Forty histories without effect were all said to have crossed the bound at a look after no period at all."""
    crossed = [any(look.crossed for look in evaluate_trial(planted_panel(sales(seed, 15)), card(looks=24)).looks)
               for seed in range(40)]  # fmt: skip
    assert sum(crossed) <= 4
    found = evaluate_trial(planted_panel(sales(3, 15)), card(looks=24))
    assert [look.date.month for look in found.looks] == [1, 2, 3]


def test_quarters_without_an_end_have_four_looks_a_year() -> None:
    found = evaluate_trial(quarterly(sales(3, 14)), card(end=None))
    assert (found.grain, found.n_after, len(found.looks)) == ("quarter", 2, 2)
    assert not any(look.crossed for look in found.looks)
    assert all(np.isfinite(look.value) for look in found.looks)


def test_a_look_that_cannot_be_judged_is_not_crossed() -> None:
    for seed in range(3):
        values = sales(seed, 15)
        values[:, START] = 0
        found = evaluate_trial(planted_panel(values), card(looks=6))
        assert not any(look.crossed for look in found.looks)
        assert np.isnan([found.looks[0].value, found.looks[0].bound]).all()
        assert np.isfinite(found.looks[1].value)
        assert (found.verdict, found.reasons) == ("cannot_tell", ("running",))


def test_the_whole_periods_up_to_an_end_are_those_of_the_calendar() -> None:
    day = np.datetime64
    assert whole_periods(day("2025-02-01"), day("2025-02-28"), "month") == 1
    assert whole_periods(day("2025-02-01"), day("2025-02-27"), "month") == 0
    assert whole_periods(day("2024-02-01"), day("2025-01-31"), "month") == 12
    assert whole_periods(day("2025-01-01"), day("2025-03-31"), "quarter") == 1
    assert whole_periods(day("2025-07-01"), day("2026-06-29"), "quarter") == 3
    assert whole_periods(day("2025-02-03"), day("2025-02-16"), "week") == 2
    assert whole_periods(day("2025-02-03"), day("2025-02-15"), "week") == 1
    assert whole_periods(day("2025-02-03"), day("2025-02-05"), "day") == 3
    assert whole_periods(day("2025-03-01"), day("2025-01-31"), "month") == 0


@pytest.mark.parametrize("end", ["2025-02-28", "2025-06-30", "2026-02-28"])
def test_a_trial_is_not_judged_before_its_last_month(end: str) -> None:
    months = round((pd.Timestamp(end) - pd.Timestamp("2023-12-31")) / pd.Timedelta(days=30.4375))
    values = sales(noise=0.02)[:, :1] * np.exp(np.random.default_rng(1).normal(0, 0.02, (20, months)))
    values[:10, START:] *= 2
    early, whole = (evaluate_trial(planted_panel(values[:, :n]), card(end=end)) for n in (months - 1, months))
    assert (early.verdict, early.reasons, early.running) == ("cannot_tell", ("running",), True)
    assert (whole.verdict, whole.running) == ("helps", False)


def test_a_trial_of_quarters_is_not_judged_a_quarter_early() -> None:
    values = sales(noise=0.02, months=14)
    values[:10, START:] *= 2
    early, whole = (evaluate_trial(quarterly(values[:, :n]), card()) for n in (13, 14))
    assert (early.verdict, early.reasons, early.running) == ("cannot_tell", ("running",), True)
    assert (whole.verdict, whole.running) == ("helps", False)


@pytest.mark.parametrize("end", ["2025-06-15", "2025-06-29"])
def test_a_trial_that_ends_inside_a_month_is_over_with_the_month_before(end: str) -> None:
    found = evaluate_trial(planted_panel(sales()), card(end=end))
    assert (found.n_after, found.running) == (5, False)
    assert "running" not in found.reasons


def test_the_unit_of_the_measure_decides_nothing() -> None:
    """Sales in hundred-millions had their own past taken for a constant at looks, in side effects and in the course."""
    small, large = (
        evaluate_trial(planted_panel(sales() * size, more={"calls": sales(8) * size}),
                       card(looks=3, end="2025-12-31", side_effects=["calls"]))
        for size in (1.0, 1e12)
    )  # fmt: skip
    assert [look.value for look in large.looks] == pytest.approx([look.value for look in small.looks])
    assert [each.p for each in large.side_effects] == pytest.approx([each.p for each in small.side_effects])
    assert large.course.expected / 1e12 == pytest.approx(small.course.expected, nan_ok=True)


LAST = dt.date(2025, 6, 30)


def changed(file: TrialFile, **fields: Any) -> TrialFile:
    """The trial as it is kept after a hand changed some of its fields in the middle of 2025."""
    return with_plan_kept(file.model_copy(update=fields), file, LAST)


@pytest.mark.parametrize("planned", [None, dt.date(2025, 12, 31)])
def test_ending_a_trial_now_claims_nothing_that_its_plan_does_not(planned: dt.date | None) -> None:
    """A p of .03 in the sixth month of an open trial became "it helped" by giving it its end."""
    values = sales(6)
    values[:10, START:] += 5
    running = card(end=planned)
    ended = changed(running, end=LAST)
    assert (ended.planned_end, ended.ended_early) == (planned, True)
    by_plan, after, once = (evaluate_trial(planted_panel(values), file) for file in (running, ended, card()))
    assert 0.002 < once.claim.p <= 0.05
    assert (once.verdict, by_plan.verdict, by_plan.running) == ("helps", "cannot_tell", True)
    assert (after.verdict, after.reasons, after.running) == ("cannot_tell", ("ended_early",), False)
    assert [look.crossed for look in after.looks] == [look.crossed for look in by_plan.looks]
    assert "ended before its plan" in verdict_reason_sentences(after)[0]
    assert "ended too early to claim it" in trial_headline(after)


def test_an_effect_that_crossed_a_look_stays_when_the_trial_is_ended() -> None:
    values = sales(6)
    values[:10, START:] += 15
    found = evaluate_trial(planted_panel(values), changed(card(end=None), end=LAST))
    assert (found.verdict, found.running) == ("helps", False)


def test_peeking_and_ending_claims_no_more_than_one_look_would() -> None:
    """Sixty trials without effect, ended at the first of three months that looks good."""
    claimed = {"open": 0, "forgotten": 0}
    for seed, plan in itertools.product(range(60), claimed):
        values = sales(seed)
        for months in (14, 16, 18):
            last = dt.date(2025, months - START + 1, 1) - dt.timedelta(days=1)
            end = card(end=last)
            file = with_plan_kept(end, card(end=None), last) if plan == "open" else end
            sides = trial_sides(planted_panel(values[:, :months]), file)
            if judge_claim(TrialData(sides.scale.panel, sides, None, False), 3.0, 999).verdict in ("helps", "harms"):
                claimed[plan] += 1
                break
    assert claimed["open"] <= 3
    assert claimed["forgotten"] > 3, "otherwise this test could not tell"


def test_the_plan_is_kept_over_changes_of_the_end_and_forgotten_with_them() -> None:
    planned = card(end="2025-12-31")
    once = changed(planned, end=LAST)
    twice = changed(once, end=dt.date(2025, 9, 30))
    assert (twice.planned_end, twice.ended_early) == (dt.date(2025, 12, 31), True)
    assert changed(twice, end=dt.date(2025, 12, 31)) == planned
    assert changed(once, name="Other").plan == dt.date(2025, 12, 31)
    longer = changed(planned, end=dt.date(2026, 3, 31))
    assert (longer.planned_end, longer.ended_early, longer.plan) == (dt.date(2025, 12, 31), False, None)
    assert changed(card(end=None), end=LAST).plan is None
    assert parse_trial(trial_json(once)) == once


def test_a_trial_that_has_not_begun_may_change_its_end_freely() -> None:
    file = card(start="2025-08-01", end="2025-12-31")
    assert changed(file, end=dt.date(2025, 10, 31)).plan == dt.date(2025, 10, 31)
    assert changed(file, start=dt.date(2025, 9, 1), end=dt.date(2025, 10, 31)).planned_end is None
    assert with_plan_kept(card(), None, LAST).plan == LAST


def test_looks_that_were_declared_stay_declared_once_the_trial_has_begun() -> None:
    """Six looks, edited to one after the end, cost nothing any more."""
    assert changed(card(looks=6), looks=1).looks == 6
    assert changed(card(looks=6, end="2025-12-31"), looks=1, end=LAST).looks == 6
    assert changed(card(looks=1), looks=6).looks == 6
    assert changed(card(looks=6, start="2025-08-01", end="2025-12-31"), looks=1).looks == 1


def test_a_start_that_is_moved_back_into_the_data_brings_no_plan() -> None:
    """The end of a trial that begins in the data would have been chosen with its results at hand."""
    away = card(start="2025-08-01", end="2025-12-31")
    back = changed(away, start=dt.date(2025, 1, 1), end=LAST)
    assert (back.plan, back.ended_early) == (None, True)
    values = sales(6)
    values[:10, START:] += 5
    found = evaluate_trial(planted_panel(values), back)
    assert (found.verdict, found.reasons) == ("cannot_tell", ("ended_early",))
    assert evaluate_trial(planted_panel(values), card()).verdict == "helps"


def one_after_the_other(**changes: Any) -> TrialFile:
    """Twelve reps in three cohorts, two months apart."""
    starts = {f"rep {i:02d}": f"2025-0{1 + 2 * (i // 4)}" for i in range(12)}
    return card(treated=list(starts), starts=starts, **changes)


def test_units_that_start_one_after_the_other_are_judged_at_declared_looks_until_the_trial_is_over() -> None:
    values = sales(noise=0.05)
    for i in range(12):
        values[i, START + 2 * (i // 4) :] += 12
    panel = planted_panel(values)
    whole, ahead, undeclared = (
        evaluate_trial(panel, one_after_the_other(end=end)) for end in ("2025-06-30", "2025-09-30", None)
    )
    assert (whole.kind, whole.verdict, whole.running) == ("staggered", "helps", False)
    assert (ahead.verdict, ahead.reasons, ahead.running) == ("cannot_tell", ("running",), True)
    assert ahead.claim.value == whole.claim.value
    assert "only declared looks count" in verdict_reason_sentences(ahead)[0]
    assert (len(undeclared.looks), undeclared.n_looks, undeclared.claim.method) == (6, 12, "whole_path")
    assert [each.code for each in undeclared.warnings].count("looks_undeclared") == 1
    ended = evaluate_trial(panel, changed(one_after_the_other(end="2025-09-30"), end=LAST))
    assert (ended.verdict, ended.reasons, ended.running) == ("cannot_tell", ("ended_early",), False)


def test_cohorts_said_to_be_drawn_that_do_not_look_drawn_are_taken_as_chosen() -> None:
    values = sales(noise=0.05)
    values[:12] *= 2
    found = evaluate_trial(planted_panel(values), one_after_the_other())
    assert "not_random_looking" in [each.code for each in found.warnings]
    assert len(found.estimates) == 2


def test_the_sentence_about_looks_counts_the_looks_that_are_judged() -> None:
    calm = evaluate_trial(planted_panel(sales(6, 15)), card(end=None))
    assert (len(calm.looks), calm.n_looks, calm.stopped) == (3, 12, 0)
    assert look_sentence(calm).startswith("Look 3 of 12: the answer is not clear yet")
    year = evaluate_trial(planted_panel(sales(6, 24)), card(end=None))
    assert (year.verdict, year.reasons) == ("cannot_tell", ("running",))
    assert look_sentence(year).startswith("Look 12 of 12: the answer is not clear yet")


def test_a_bound_that_was_crossed_once_stays_crossed() -> None:
    values = sales(noise=0.05)
    values[:10, START : START + 2] *= 2
    found = evaluate_trial(planted_panel(values[:, :17]), card(looks=6))
    assert found.stopped > 0
    assert look_sentence(found).startswith(f"Look {found.stopped} of 6: the answer is clear")


def test_the_years_of_a_trial_without_an_end_share_one_level() -> None:
    """The clock began again after twelve months, with another 5 %."""
    panel = planted_panel(sales(7, START + 30))
    sides = trial_sides(panel, card(end=None))
    found = watch_without_end(sides, 12, 12, unit_paths(sides, True, 999))
    assert (found.n_looks, found.due) == (36, 30)
    assert found.level < 0.05 / 2**3
    assert spent_levels(12, 0.05 / 2)[-1] == pytest.approx(0.025, abs=1e-4)
    stopped = 0
    for seed in range(100):
        sides = trial_sides(planted_panel(sales(seed, START + 24)), card(end=None))
        stopped += watch_without_end(sides, 12, 12, unit_paths(sides, True, 499)).stopped > 0
    assert stopped <= 9


def test_what_crossed_in_the_first_year_is_kept_in_the_second() -> None:
    values = sales(noise=0.05, months=START + 15)
    values[:10, START:] *= 1.5
    first, second = (evaluate_trial(planted_panel(values[:, : START + n]), card(end=None)) for n in (8, 15))
    assert (first.verdict, second.verdict) == ("helps", "helps")
    assert 0 < second.stopped == first.stopped <= 8
    assert second.n_looks == 24
