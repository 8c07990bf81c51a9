"""What the page Coaching says: short sentences, figures behind them, a plan to print that holds no markup of others."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import get_args

import numpy as np
import pandas as pd
import pytest

from tests.phases.planted import NAMES, team
from workbench.data.model.panel import MeasureInfo
from workbench.phases.coaching_plan import Coaching, plan_coaching
from workbench.phases.judge_phases import judge_phases
from workbench.phases.phase_counts import PhaseCounts
from workbench.phases.phase_findings import PhaseFindings
from workbench.trials.trial_state import TrialState
from workbench.words import coaching as words
from workbench.words.coaching_rep import out_of_hundred, practise_sentence, rep_notes, rep_sheet
from workbench.words.coaching_sheet import coaching_sheet
from workbench.words.phases import NO_PLAN, coaching_headline, more_calls, plan_sentences

MOST_WORDS = 20
MEETINGS_HELD = MeasureInfo("held", "count", label="Meetings held")
SALES = MeasureInfo("sales", "sum", "USD", "Sales")


@cache
def found() -> tuple[PhaseFindings, Coaching]:
    planted = team(np.random.default_rng(3), spread=(0.3, 0, 0, 0, 0), months=6)
    phases = judge_phases(planted.cube, draws=400)
    return phases, plan_coaching(phases)


@cache
def alike() -> tuple[PhaseFindings, Coaching]:
    phases = judge_phases(team(np.random.default_rng(5), months=6).cube, draws=200)
    return phases, plan_coaching(phases)


def test_sentences_can_be_read_aloud() -> None:
    phases, coaching = found()
    said = [
        words.coaching_lead(phases, coaching), practise_sentence(phases, coaching, 0),
        out_of_hundred(phases, 0), words.set_apart_sentence(8), *NO_PLAN.values(), coaching_headline(coaching),
        *plan_sentences(coaching, NAMES[-1], 0.8, MEETINGS_HELD),
    ]  # fmt: skip
    for sentence in said:
        assert len(sentence.split()) <= MOST_WORDS, sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("value", "said"),
    [(MEETINGS_HELD, r"about [\d.,]+k? Meetings held a month"), (SALES, r"about \$[\d.,]+k? of Sales a month")],
)
def test_what_coaching_was_worth_is_said_with_its_unit_and_promises_nothing(value: MeasureInfo, said: str) -> None:
    worth = plan_sentences(found()[1], NAMES[-1], 250.0, value)[-3]
    assert re.fullmatch(f"At past rates, that many calls came with {said}\\.", worth)


def test_one_more_call_is_one() -> None:
    assert [more_calls(n) for n in (0.999, 2, 28.4)] == ["1 more call", "2 more calls", "28 more calls"]


def test_on_a_wall_nobody_is_named() -> None:
    phases, coaching = found()
    lead = words.coaching_lead(phases, coaching)
    assert lead.startswith(f"Coach {NAMES[0]} first, with 3 reps: about ")
    assert not any(rep in lead for rep in phases.cube.reps)
    assert words.coaching_lead(*alike()) in NO_PLAN.values()


def test_without_a_plan_no_gain_is_quoted() -> None:
    phases, coaching = alike()
    assert coaching.plan == () or not coaching.plan[0].coached
    assert "no phase can be read yet" in practise_sentence(phases, coaching, 0)


def test_who_is_not_surely_below_the_middle_rep_has_nothing_to_practise() -> None:
    phases, coaching = found()
    rates = phases.phases[0].rates.shrunk
    best, worst = int(np.argmax(rates)), int(np.argmin(rates))
    name = phases.cube.reps[best]
    assert (
        practise_sentence(phases, coaching, best)
        == f"{name} is not below the middle rep at any phase that can be read."
    )
    assert rep_notes(phases, best)[0] == f"{name} is ahead at {NAMES[0]}: others could learn from {name}."
    assert practise_sentence(phases, coaching, worst).startswith(f"Practise {NAMES[0]} with ")
    assert practise_sentence(phases, coaching, worst, gone=True).endswith("nothing to practise.")


def test_the_page_for_the_talk_names_nobody_else() -> None:
    phases, coaching = found()
    others = [f"<i>{rep}</i>" for rep in phases.cube.reps]
    named = phases.named(dict(zip(phases.cube.reps, others, strict=True)))
    page = rep_sheet(named, coaching, 3, "data", date(2025, 3, 31))
    assert "<p>Talk on 31 March 2025</p>" in page
    assert "&lt;i&gt;" + phases.cube.reps[3] in page
    assert "<i>" not in page
    assert not any(rep in page for place, rep in enumerate(phases.cube.reps) if place != 3)
    assert page.count("<tr>") == 1 + len(NAMES)


def test_the_numbers_of_the_chain_are_those_counted() -> None:
    phases, _ = found()
    totals = phases.cube.reached.sum(axis=1).astype(int)
    assert words.chain_words(phases).startswith(f"{totals[0]:,} calls → {totals[1]:,} {NAMES[0]} → ")


def test_where_the_hour_comes_first_nobody_is_named_as_one_to_coach() -> None:
    phases, planned = found()
    coaching = replace(planned, by_hour=0.8)
    step, counts = coaching.plan[0], PhaseCounts(NAMES, (), pd.DataFrame(), pd.DataFrame(), 100, 0)
    said = [coaching_headline(coaching), words.coaching_lead(phases, coaching)]
    assert said == [f"Reps differ at {NAMES[0]} mostly by the hour they call: compare by hour first."] * 2
    assert plan_sentences(coaching, NAMES[-1])[0].startswith("Within the same hour of day, about 80% of the gap ")
    assert any("mostly at other hours" in label for label in words.plan_metrics(phases, coaching, counts))
    worst = phases.cube.reps.index(step.coached[0].rep)
    assert practise_sentence(phases, coaching, worst).startswith(f"Try other hours with {step.coached[0].rep}: ")
    page = coaching_sheet("data", said[0], phases, step, [], words.OTHER_HOURS)
    assert page.index(words.OTHER_HOURS) < page.index(step.coached[0].rep)
    assert coaching_headline(replace(planned, by_hour=0.4)) == coaching_headline(planned)


def test_coaching_is_in_the_state_that_trials_shows() -> None:
    said = [
        words.coaching_state_sentence("Reached", "April 2025", ["Ana", "Ben"], each) for each in get_args(TrialState)
    ]
    assert said == [
        "Coaching of Reached is planned from April 2025 on, with Ana and Ben.",
        "Coaching of Reached has been running since April 2025, with Ana and Ben.",
        "Coaching of Reached since April 2025 has ended, with Ana and Ben.",
    ]
    assert words.too_few_sentence(4, 4, 4) == words.too_few_sentence(0, 9, 4) == ""


def test_the_plan_to_print_is_text_alone() -> None:
    phases, _ = found()
    names = {rep: f"<b onmouseover=x>{rep}</b>" for rep in phases.cube.reps}
    named = phases.named(names)
    coaching = plan_coaching(named)
    step = replace(coaching.plan[0], phase=coaching.plan[0].phase)
    page = coaching_sheet("<i>data</i>", coaching_headline(coaching), named, step, ["a & b"])
    assert "<b on" not in page
    assert "<i>" not in page
    assert "&lt;b onmouseover=x&gt;" in page
    assert "a &amp; b" in page
    assert "http" not in page
    assert page.count("<li>") == len(step.coached) == 3
