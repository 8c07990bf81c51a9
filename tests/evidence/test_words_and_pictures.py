"""Every fact, rule and picture has its words, with the numbers of the finding in them."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from tests.evidence.planted import planted, record_of
from tests.scoring.panels import design_of
from workbench.charts import evidence as charts
from workbench.charts import evidence_reps as rep_charts
from workbench.charts.driver_tree import edge_rows
from workbench.charts.palette import MUTED, VERDICTS
from workbench.design.driver_tree import layout_driver_tree
from workbench.evidence.heterogeneity import fit_kpi_slopes
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import Evidence, run_checks
from workbench.evidence.segments import SegmentLink
from workbench.evidence.step import Step
from workbench.evidence.validity import Reversal
from workbench.evidence.verdict import RULES, Reason, Verdict, decide_verdict
from workbench.words import evidence as words
from workbench.words.evidence_details import (
    questions_and_answers,
    readable_sentence,
    reversal_warnings,
)
from workbench.words.evidence_figures import answer_figures
from workbench.words.evidence_method import check_sources, unfinished_sentence, verdict_conditions
from workbench.words.evidence_parts import link_question_words
from workbench.words.evidence_returns import returns_answer, slopes_sentence
from workbench.words.numbers import signed_number

ABOUT = words.About("Sales", "month", EvidenceOptions())


@pytest.fixture(scope="module")
def found() -> Evidence:
    return run_checks(planted(reps=60, periods=24, seed=4))


@pytest.fixture(scope="module")
def thin() -> Evidence:
    return run_checks(planted(reps=4, periods=3, kinds=("noise", "lever")))


def of(report: Evidence, kind: str):
    return next(one for one in report.kpis if one.kpi == kind)


def test_the_headline_names_every_kpi_under_its_verdict(found):
    said = words.verdicts_sentence(found)
    assert said.startswith("Keep lever and lagged_lever.")
    assert all(one.kpi in said for one in found.kpis)


def test_the_headline_of_thin_data_says_so(thin):
    assert words.verdicts_sentence(thin) == "There is not enough data for noise and lever."


def test_a_lever_is_told_with_its_link_interval_and_n(found):
    one = of(found, "lever")
    assert words.reason_sentences(one, ABOUT) == (
        "A rep's better months on lever are also better months for Sales.",
        "lever predicts Sales that no other KPI here predicts.",
    )
    link, figures = one.findings.lead.best, words.reason_small_print(one, ABOUT)
    assert figures.startswith("Within reps, in the same month: ρ ")
    numbers = (signed_number(link.rho), signed_number(link.low), signed_number(link.high), "60 reps")
    assert all(number in figures for number in numbers)
    assert "left-out reps predicted better" in figures


def test_the_lag_is_told(found):
    first = words.reason_sentences(of(found, "lagged_lever"), ABOUT)[0]
    assert first == "A rep's better months on lagged_lever come 2 months before better months for Sales."


def test_a_trait_is_told_as_one(found):
    told = dict(questions_and_answers(of(found, "trait"), ABOUT))
    assert "are no better for Sales" in told["Is it linked to the goal?"]
    assert words.reason_sentences(of(found, "trait"), ABOUT)[0] == "Reps who do better on trait have more Sales."


def test_what_would_do_is_told_in_reps_and_months(thin):
    said = words.verdict_change_sentence(of(thin, "lever").verdict, ABOUT)
    assert said == "more reps; so few reps give no likely range."
    some = run_checks(planted(reps=8, periods=6, seed=2, kinds=("lever",))).kpis[0].verdict
    assert words.needed_history_words(some, ABOUT) == (
        f"{some.enough.reps:.0f} reps with as long a history, or {some.enough.periods:.0f} months of these reps"
    )


def test_what_never_varies_needs_values_that_differ_not_more_reps():
    rng = np.random.default_rng(0)
    flat = run_checks(record_of(np.full((1, 12, 10), 7.0), rng.normal(size=(12, 10)))).kpis[0].verdict
    assert words.verdict_change_sentence(flat, ABOUT).startswith("values that differ; ")


TWO_SENTENCES = ("one_rep",)


def test_every_fact_has_a_sentence_without_figures_in_every_reading(found, thin):
    for report in (found, thin):
        for one in report.kpis:
            behind = _all_reasons(one, report)
            for fact, finding in behind.items():
                for reading in ("yes", "no", "unclear"):
                    said = words.reason_sentence(Reason(fact, reading, finding), ABOUT)
                    assert said.endswith(".")
                    assert "nan" not in said
                    assert not re.search(r"[ρ()=\d]", re.sub(r"\d+ months?|the next \d", "", said)), said
                    if fact not in TWO_SENTENCES:
                        assert len(re.findall(r"\w\S*", said)) <= 20, said


def _all_reasons(one, report: Evidence) -> dict:
    known = decide_verdict(one.findings, EvidenceOptions(), report.n_reps, report.n_periods)
    f = one.findings
    finding = {
        "trait": f.validity.across_reps, "adds": f.necessity, "copy": f.necessity.overlap, "holds": f.drift,
        "weakens": f.drift, "decoupled": f.drift, "readable": f.measurement, "segment": f.style, "uneven": f.style,
        "goal": f.validity, "next": f.lead.at(1), "after": f.order, "shocks": f.shocks, "powered": known.enough,
        "encompassed": f.encompassed, "one_rep": f, "one_period": f,
    }  # fmt: skip
    return {fact: finding.get(fact, f.lead) for fact in known.facts}


def test_every_rule_has_a_change_and_a_row_in_the_table(found):
    base = of(found, "copy").verdict
    for rule in RULES:
        told = words.verdict_change_sentence(replace(base, change=rule.change, name=rule.verdict), ABOUT)
        assert told.endswith(".")
    rows = verdict_conditions()
    assert [row["Verdict"] for row in rows] == [rule.verdict for rule in RULES]
    assert rows[-1]["When"] == "Nothing above fits"
    here = verdict_conditions(found)
    assert sorted(", ".join(row["Here"] for row in here if row["Here"]).split(", ")) == sorted(
        k.kpi for k in found.kpis
    )
    assert all(row["Verdict"] == "keep" for row in here if "lever" in row["Here"].split(", "))
    assert isinstance(base, Verdict)


def test_a_copy_would_change_once_the_nearest_kpi_is_out(found):
    assert "once lever is out of the design" in words.verdict_change_sentence(of(found, "copy").verdict, ABOUT)


def test_every_check_names_its_source():
    assert len(check_sources()) == 12
    assert all(source for _, source in check_sources())


def test_the_reading_order_goes_from_validity_to_return(found):
    questions = [question for question, _ in questions_and_answers(of(found, "lever"), ABOUT, "USD")]
    assert questions == [
        "Is it linked to the goal?",
        "How much more?",
        "When?",
        "Is it necessary?",
        "Could a hidden cause explain it?",
        "Does it separate reps?",
        "Does the link still hold?",
        "For whom?",
        "Is it worth the time?",
    ]
    assert " more Sales" in dict(questions_and_answers(of(found, "lever"), ABOUT, "USD"))["Is it worth the time?"]


def test_the_size_of_a_step_is_one_short_sentence_and_its_range_is_small_print(found):
    lever = of(found, "lever")
    own = replace(
        lever, kpi="Dials", step=Step(50.0, replace(lever.step.goal, value=500.0, low=120.0, high=880.0), 200.0)
    )
    at_once = replace(own, findings=replace(own.findings, lead=replace(own.findings.lead, timing="same_period")))
    said = dict(questions_and_answers(at_once, ABOUT, "USD"))["How much more?"]
    assert said == "In a month with Dials better by 50, a rep typically has $500 more Sales."
    open_one = replace(at_once, step=replace(at_once.step, goal=replace(at_once.step.goal, low=-120.0)))
    assert dict(questions_and_answers(open_one, ABOUT, "USD"))["How much more?"].endswith(
        "Sales, which could be chance."
    )
    small = answer_figures(at_once, ABOUT, "USD")["How much more?"]
    assert small == "Likely range $120 to $880; the smallest difference that matters here: $200."
    low = dict(questions_and_answers(at_once, replace(ABOUT, goal="Churn", more="less")))["How much more?"]
    assert low == "In a month with Dials better by 50, a rep typically has 500 less Churn."
    unknown = replace(own, step=Step(50.0, replace(lever.step.goal, low=np.nan), 200.0))
    assert "How much more?" not in answer_figures(unknown, ABOUT, "USD")


def test_hours_for_nothing_and_worse_are_said(found):
    own = of(found, "lever").returns
    flat = replace(own, for_nothing=True, hours_per_period=624.0)
    assert returns_answer(flat, ABOUT, "USD").endswith(
        "includes zero: no return shows for the team's 624 hours a month."
    )
    worse = replace(own, per_hour=replace(own.per_hour, value=-249.0, low=-497.0, high=-1.03), for_nothing=False)
    assert returns_answer(worse, ABOUT, "per week").startswith("An extra hour is linked with 249 less Sales. The")
    lever = replace(of(found, "lever"), returns=replace(worse, per_hour=replace(worse.per_hour, n_reps=60)))
    assert answer_figures(lever, ABOUT, "USD")["Is it worth the time?"] == "Likely range −$497 to −$1.03, 60 reps."
    assert returns_answer(worse, ABOUT, None).endswith("the opposite of a return.")


def test_one_more_is_told_with_its_spread_between_reps():
    record = planted(reps=20, periods=14, seed=2)
    said = slopes_sentence(fit_kpi_slopes(record, 2), ABOUT, "USD")
    assert said.startswith("Better by 1 is linked with ")
    assert " more Sales in the same month. Between reps this varies by ± " in said
    low = replace(ABOUT, goal="Churn", more="less")  # better is less, and so it is said
    assert " less Churn in the same month." in slopes_sentence(fit_kpi_slopes(record, 2), low, None)


def test_less_is_better_for_a_goal_like_churn():
    assert words.About.of("Churn", "month", EvidenceOptions(), "lower").more_goal == "less Churn"


def test_the_forest_draws_every_reading_with_its_interval(found):
    rows = charts.forest_rows(found, "month")
    lever = rows[(rows["kpi"] == "lever") & (rows["key"] == "within")].iloc[0]
    findings = of(found, "lever").findings
    best = findings.shocks.wide or findings.lead.best
    assert (lever["rho"], lever["low"], lever["high"]) == (best.rho, best.low, best.high)
    assert len(rows) == 4 * len(found.kpis)
    drawn = charts.forest_chart(rows, {one.kpi: one.verdict.name for one in found.kpis}, 0.2).to_dict()
    assert len(drawn["layer"]) == 7
    assert [layer["encoding"]["text"]["field"] for layer in drawn["layer"][4:]] == ["reading"] * 3
    assert signed_number(best.rho) in charts.forest_alt(rows)


def test_a_kpi_without_any_link_keeps_its_row(thin):
    rows = charts.forest_rows(thin, "month")
    drawn = charts.forest_chart(rows, {"noise": "not enough data", "lever": "watch", "empty": "drop"}, 0.2).to_dict()
    assert drawn["layer"][2]["encoding"]["y"]["scale"]["domain"] == [
        "noise\nnot enough data", "lever\nwatch", "empty\ndrop"]  # fmt: skip


def test_alone_in_its_design_a_kpi_is_given_no_others():
    found = run_checks(planted(reps=30, periods=18, seed=3, kinds=("lever",)))
    assert "given" not in set(charts.forest_rows(found, "month")["key"])
    assert "Is it necessary?" not in dict(questions_and_answers(found.kpis[0], ABOUT))
    said = words.reason_sentence(Reason("adds", "yes", found.kpis[0].findings.necessity), ABOUT)
    assert said == "this KPI is the only KPI here that could predict Sales."


def test_links_without_a_value_are_left_out_and_without_an_interval_are_points(thin):
    rows = charts.forest_rows(thin, "month")
    assert np.isfinite(rows[["rho", "low", "high"]].to_numpy()).all()
    assert (rows["low"] == rows["high"]).any()


def test_the_delays_drawn_are_those_measured(found):
    rows = charts.lag_rows(of(found, "lagged_lever"))
    assert rows["lag"].tolist() == [-3, -2, -1, 0, 1, 2, 3]
    assert rows.loc[rows["rho"].idxmax(), "lag"] == 2
    assert charts.lag_chart(rows, "month", 0.2).to_dict()["layer"]
    assert charts.lag_alt(rows, "month").count("months:") == 7


def test_the_calendar_has_a_cell_for_each_kpi_and_period(found):
    rows = charts.heatmap_rows(found, "month")
    periods = rows.groupby("kpi")["start"].nunique()
    assert periods["lever"] == 24
    assert periods["lagged_lever"] == 22  # beside the goal two months on, so the first two months have no pair
    assert charts.heatmap_chart(rows, ["lever"], "month").to_dict()["mark"]["type"] == "rect"
    assert "lever from" in charts.heatmap_alt(rows)


def test_one_line_per_rep_is_its_least_squares_line():
    x = np.array([[1.0, 2, 3, np.nan], [1, 1, 1, 1], [1, 2, np.nan, np.nan]])
    y = np.array([[2.0, 4, 6, 9], [1, 2, 3, 4], [1, 2, 3, 4]])
    dots, lines = rep_charts.rep_line_rows(x, y, ("a", "b", "c"), {"a": "A", "b": "B", "c": "C"})
    assert len(dots) == 9
    assert lines["name"].tolist() == ["A", "A"]
    assert lines["y"].tolist() == pytest.approx([2, 6])
    assert "1 line rise" in rep_charts.rep_lines_alt(dots, lines, "x", "y")
    assert rep_charts.rep_lines_chart(dots, lines, "x", "y").to_dict()["layer"]


def test_of_very_many_dots_a_part_is_drawn_and_always_the_same():
    x, y = np.random.default_rng(0).normal(size=(2, 30, 400))
    reps = tuple(f"r{i}" for i in range(30))
    one, other = (rep_charts.rep_line_rows(x, y, reps, {rep: rep for rep in reps}) for _ in range(2))
    assert len(one[0]) == rep_charts.MOST_DOTS
    assert one[0].equals(other[0])
    assert len(one[1]) == 60


def test_seasons_drawn_are_those_with_a_value():
    values = np.array([[1.0, np.nan], [2.0, 3.0]])
    seasons = np.array(["2024-01", "2024-04"], dtype="datetime64[M]")
    rows = rep_charts.season_rows(values, seasons, ("a", "b"), {"a": "A", "b": "B"})
    assert sorted(zip(rows["name"], rows["season"], strict=True)) == [
        ("A", "2024-01"), ("B", "2024-01"), ("B", "2024-04")]  # fmt: skip
    assert rep_charts.stability_alt(rows, "Dials") == "Dials of 2 reps over 2 seasons."
    assert rep_charts.stability_chart(rows, "Dials").to_dict()["encoding"]


def test_segments_are_drawn_with_their_links(found):
    rows = charts.segment_rows(of(found, "segment"))
    assert rows["kpi"].tolist() == ["A (segment)", "B (segment)"]
    assert charts.segment_chart(rows, 0.2).to_dict()["layer"]


def test_reps_are_drawn_strongest_first_and_both_ends_of_a_crowd(found):
    style = of(found, "lever").findings.style
    names = {own.rep: f"name of {own.rep}" for own in style.reps}
    rows = rep_charts.rep_link_rows(style.reps, names)
    assert len(rows) == len(style.reps)
    assert rows["rho"].is_monotonic_decreasing
    assert rows["kpi"].iloc[0] == names[max(style.reps, key=lambda own: own.link).rep]
    crowd = rep_charts.rep_link_rows(style.reps * 3, names)
    assert len(crowd) == rep_charts.MOST_REPS
    assert (crowd["rho"].max(), crowd["rho"].min()) == (rows["rho"].max(), rows["rho"].min())


def test_a_link_is_named_where_its_line_leaves_room(found):
    rows = charts.forest_rows(found, "month")
    places = {(r.low, r.high): charts._free_side(r) for r in rows.itertuples()}
    assert all(place == "after" for (_, high), place in places.items() if high <= charts.ROOM)
    assert all(place == "before" for (low, high), place in places.items() if high > charts.ROOM and low >= -charts.ROOM)


def test_a_clear_best_delay_that_shuffles_match_is_called_possible_chance(found):
    lead = of(found, "lever").findings.lead
    said = words.reason_sentence(Reason("lever", "unclear", replace(lead, p_leads=0.08)), ABOUT)
    assert said == "A rep's better months on this KPI look better for Sales, but that could be chance."
    assert "8% of shuffled" in words.reason_figures(Reason("lever", "unclear", replace(lead, p_leads=0.08)), ABOUT)
    below = replace(lead.best, rho=-0.3, low=-0.4, high=-0.2)
    turned = replace(lead, links=tuple(below for _ in lead.links))
    assert "are worse months for Sales" in words.reason_sentence(Reason("lever", "unclear", turned), ABOUT)
    assert "too early to say" in words.reason_sentence(Reason("lever", "unclear", replace(
        lead, links=tuple(replace(below, high=0.4) for _ in lead.links))), ABOUT)  # fmt: skip


def test_a_link_that_turns_round_is_a_warning(found):
    own = of(found, "lever").findings.validity
    turned = replace(own, reversals=(Reversal("rep", own.across_reps, own.within_reps),
                                     Reversal("office", own.across_reps, own.within_reps)))  # fmt: skip
    first, second = reversal_warnings(turned, ABOUT)
    assert first.startswith("Beware: between months of the same rep the link is reversed (")
    assert second.startswith("Beware: between reps of the same office ")
    assert first in dict(questions_and_answers(replace(of(found, "lever"), findings=replace(
        of(found, "lever").findings, validity=turned)), ABOUT))["Is it linked to the goal?"]  # fmt: skip


def test_a_card_says_what_a_link_still_lacks(found):
    one = of(found, "lever")
    assert words.card_reason(one).fact == "lever"
    watched = replace(one, verdict=replace(one.verdict, name="watch"))
    assert words.card_reason(watched).fact == "adds"


def test_a_segment_is_named_with_what_it_is_one_of(found):
    own = of(found, "lever")
    west = SegmentLink("regional_office", "West", own.findings.validity.within_reps)
    style = replace(own.findings.style, segments=replace(own.findings.style.segments, works_in=(west,)))
    assert words.reason_sentence(Reason("segment", "yes", style), ABOUT) == (
        "For reps with regional office West, better months on this KPI are also better for Sales."
    )


def test_a_lever_that_shuffles_match_is_not_called_one(found):
    own = of(found, "lever")
    chance = replace(own.findings, lead=replace(own.findings.lead, p_leads=0.09))
    said = dict(questions_and_answers(replace(own, findings=chance), ABOUT))["Is it linked to the goal?"]
    assert said.startswith("A rep's better months on lever look better for Sales, but that could be chance.")


def test_the_calendar_leaves_out_periods_with_too_few_reps(thin):
    assert charts.heatmap_rows(thin, "month").empty


def test_reps_must_be_told_apart_within_a_year():
    assert [EvidenceOptions.for_grain(grain).horizon for grain in ("day", "week", "month", "quarter")] == [
        365,
        52,
        12,
        4,
    ]
    assert EvidenceOptions.for_grain("month") == EvidenceOptions()


def test_unfinished_periods_are_named():
    last = np.datetime64("2025-09-01")
    assert unfinished_sentence((last,), "month") == "September 2025 is unfinished and left out."
    assert unfinished_sentence((np.datetime64("2024-01-01"), last), "month").endswith(
        "and September 2025 are unfinished and left out."
    )
    assert unfinished_sentence((), "month") == ""


def test_a_rate_is_readable_after_months_and_attempts(found):
    own = of(found, "lever").findings.measurement
    rate = replace(own, readable=tuple(replace(r, periods=5.0, attempts=340.0) for r in own.readable))
    assert readable_sentence(rate, ABOUT).startswith("Enough data after 5 months (340 attempts) to watch, ")


def test_lines_of_the_driver_tree_take_the_colours_they_are_given():
    design = design_of({"name": "Dials", "formula": "dials"}, {"name": "Notes", "formula": "notes"})
    nodes = layout_driver_tree(design)
    keys = {node.name: node.key for node in nodes}
    drawn = edge_rows(nodes, {keys["Dials"]: VERDICTS["drop"]})
    assert set(drawn.loc[drawn["edge"] == keys["Dials"], "colour"]) == {VERDICTS["drop"]}
    assert set(drawn.loc[drawn["edge"] == keys["Notes"], "colour"]) == {MUTED}


@pytest.mark.parametrize(
    ("across", "lag", "said"),
    [(True, 1, "Rep against rep"), (False, 0, "Same rep, same week"), (False, 2, "Same rep, 2 weeks later")],
)
def test_what_a_link_compares(across: bool, lag: int, said: str) -> None:
    assert link_question_words(across, lag, "week") == said
