"""What the Preview page says, from numbers made up for the purpose."""

from __future__ import annotations

import math

import pytest

from workbench.design.model import Goal
from workbench.scoring.agreement import Agreement
from workbench.scoring.classification import Awards
from workbench.scoring.correlation import Correlation
from workbench.words import preview as words
from workbench.words.links import link_figures, link_in_words, link_words
from workbench.words.numbers import aligned_numbers, interval_words, percent, short_number, signed_number, with_unit

NAN = math.nan
SALES = Goal(measure="won_value", label="Sales")


def link(
    rho: float, low: float = NAN, high: float = NAN, n: int = 24, n_reps: int = 24, reason: str = ""
) -> Correlation:
    return Correlation(rho, low, high, n, n_reps, "by hand", reason)


@pytest.mark.parametrize(
    ("value", "text"),
    [(48_213, "48.2k"), (9_999.6, "10,000"), (1_250_000, "1.25m"), (2.5e9, "2.5bn"), (0.63333, "0.633"), (0, "0"),
     (-1_204, "−1,204"), (-0.05, "−0.05"), (12, "12"), (NAN, "–"), (math.inf, "–")],
)  # fmt: skip
def test_numbers_are_short_with_a_real_minus(value: float, text: str) -> None:
    assert short_number(value) == text


@pytest.mark.parametrize(
    ("values", "texts"),
    [([49_213, 8_020, NAN], ["49.2k", "8.0k", "–"]), ([3, 12], ["3", "12"]), ([0.5, 12.25], ["0.5", "12.2"]),
     ([-40_000, 100], ["−40.0k", "0.1k"]), ([0, 0], ["0", "0"]), ([], [])],
)  # fmt: skip
def test_a_column_has_one_scale_and_one_number_of_decimals(values: list[float], texts: list[str]) -> None:
    assert aligned_numbers(values) == texts


def test_rounding_to_zero_leaves_no_minus() -> None:
    assert signed_number(-0.001) == "0.00"
    assert signed_number(-0.3) == "−0.30"
    assert interval_words(-0.05, 0.441) == "−0.05 to 0.44"
    assert interval_words(NAN, 0.4) == "no interval"
    assert percent(0.375) == "38%"
    assert with_unit(12.5, "per day") == "12.5 per day"
    assert with_unit(0.305, "of dials") == "30.5% of dials"
    assert with_unit(48_213, "USD") == "$48.2k"
    assert with_unit(-1_204, "EUR per month") == "−€1,204 per month"
    assert with_unit(NAN, "per day") == "–"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (link(0.82, 0.6, 0.93), "very strong link"),
        (link(0.55, 0.2, 0.8), "strong link"),
        (link(0.30, 0.1, 0.5), "moderate link"),
        (link(0.08, 0.01, 0.15), "weak link"),
        (link(-0.45, -0.7, -0.1), "negative link"),
        (link(0.21, -0.05, 0.44), "could be chance"),
        (link(-0.5, -0.8, 0.0), "negative, could be chance"),
        (link(0.02, -0.3, 0.35), "no detectable link"),
        (link(0.02, -0.1, 0.15), "no link that matters"),
        (link(0.9, NAN, NAN, 4, 4), "too early to say"),
        (link(NAN, reason="too few reps"), "too early to say"),
    ],
)
def test_a_link_is_claimed_only_when_the_interval_excludes_none(found: Correlation, said: str) -> None:
    assert link_words(found) == said


def test_an_estimate_is_never_said_without_interval_and_n() -> None:
    assert link_figures(link(0.21, -0.05, 0.44)) == "ρ 0.21, 95% CI −0.05 to 0.44, 24 reps"
    assert link_figures(link(0.21, -0.05, 0.44, n=408)) == "ρ 0.21, 95% CI −0.05 to 0.44, 24 reps"
    assert link_figures(link(0.9, n=4, n_reps=4)) == "ρ 0.90, no likely range, 4 reps"
    assert link_figures(link(NAN, n=1, n_reps=1, reason="too few reps")) == "too few reps, 1 rep"
    assert link_in_words(link(0.55, 0.31, 0.72)) == "strong link (0.55, 0.31 to 0.72, 24 reps)"
    assert link_in_words(link(NAN, n_reps=2)) == "too early to say"


@pytest.mark.parametrize(
    ("awards", "n_ranked", "said"),
    [
        (Awards(10, tuple("abcdefghij"), tuple("abcdefxyzw")), 30, "6 of your 10 best sellers in the top 10."),
        (Awards(2, tuple("abc"), tuple("ab")), 6, "2 of your 2 best sellers in the top 3."),  # a tie wins together
        (Awards(1, ("a",), ("a",)), 3, "put your best seller first."),
        (Awards(1, ("a",), ("b",)), 3, "do not put your best seller first."),
        (Awards(8, tuple("abcdefgh"), ("h",)), 30, "put your best seller in the top 8."),  # nobody else sold anything
        (Awards(1, ("a",), ("a",)), 1, "One rep alone cannot be ranked."),
        (Awards(1, (), ("a",)), 0, words.NO_WEIGHT),
        (
            Awards(2, tuple("abcdef"), tuple("ab")),
            6,
            "All 6 reps share the best score, so these weights put nobody first.",
        ),
        (
            Awards(2, tuple("ab"), (), False),
            6,
            "The goal is not known for any rep, so there are no best sellers to find.",
        ),
    ],
)
def test_the_headline_counts_best_sellers_at_the_top(awards: Awards, n_ranked: int, said: str) -> None:
    assert words.awards_sentence(awards, n_ranked).endswith(said)


def test_a_score_that_counts_the_goal_does_not_lead_with_its_best_sellers_on_top() -> None:
    link_next = link(0.5, 0.3, 0.7)
    same, goal = agreement(link_next, link_next), Goal(measure="won", label="Sales")
    awards = Awards(2, tuple("ab"), tuple("ab"))
    first, then = words.leading_sentences(awards, 6, same, goal, "month", goal_inside=True)
    assert first.startswith("This scorecard is a")
    assert then.startswith("These weights put 2 of your 2")
    assert words.leading_sentences(awards, 6, same, goal, "month", goal_inside=False) == [then, first]


def agreement(next_period: Correlation, across: Correlation) -> Agreement:
    return Agreement(across, across, across, across, next_period)


def test_next_period_leads_and_without_one_the_reps_are_compared() -> None:
    loose = link(0.35, 0.17, 0.51, n=408)
    said = words.agreement_sentence(agreement(loose, link(0.9, 0.8, 0.95)), SALES, "month")
    assert said == "This scorecard is a moderate predictor of next month's sales."
    alone = words.agreement_sentence(agreement(link(NAN, n=0, n_reps=0), link(-0.6, -0.8, -0.2)), SALES, "month")
    assert alone == "Reps who score higher on this scorecard are lower on sales."


def test_an_open_question_is_left_open() -> None:
    open_ = words.agreement_sentence(agreement(link(0.21, -0.05, 0.44, n=408), link(0)), SALES, "month")
    assert open_ == "The link between this scorecard and next month's sales could be chance."
    few = words.agreement_sentence(agreement(link(NAN, n=2, n_reps=2, reason="too few reps"), link(0)), SALES, "month")
    assert few == "It is too early to say whether this scorecard is linked to next month's sales."


def test_sellers_ranked_low_are_counted_out_of_those_who_made_the_goal() -> None:
    assert words.harmed_sentence(0, 0) == ""
    assert words.harmed_sentence(0, 5) == "No rep who made the goal would rank in the bottom third."
    assert words.harmed_sentence(1, 5) == "1 of the 5 reps who made the goal would rank in the bottom third."
    assert words.harmed_sentence(2, 5) == "2 of the 5 reps who made the goal would rank in the bottom third."


def test_a_goal_inside_the_scorecard_is_said() -> None:
    assert words.goal_inside_sentence([], SALES, "month") == ""
    said = words.goal_inside_sentence(["Revenue"], SALES, "month")
    assert said.startswith(
        "“Revenue” counts what makes sales. Part of the scorecard's link with sales of the same month is automatic. "
        "Set the weight to 0"
    )
    several = words.goal_inside_sentence(["Revenue", "Won", "Deals"], SALES, "month")
    assert several.startswith("“Revenue”, “Won” and “Deals” count what makes sales. Part of")


def test_a_headline_about_the_next_month_is_not_said_to_look_elsewhere() -> None:
    said = words.goal_inside_sentence(["Revenue"], SALES, "month", leads_with_next=True)
    assert said.endswith("The headline therefore looks at the next month.")


def test_a_goal_without_weight_is_no_warning() -> None:
    said = words.goal_switched_off_sentence(["Revenue", "Won"], SALES)
    assert said.startswith("“Revenue” and “Won” count what makes sales. With weight 0")


def test_a_goal_keeps_its_capitals_where_they_are_a_name() -> None:
    assert words.goal_inline(Goal(measure="x", label="Sales")) == "sales"
    assert words.goal_inline(Goal(measure="x", label="USD won")) == "USD won"
    assert words.goal_inline(Goal(measure="won_value")) == "won_value"
    assert words.goal_inline(Goal(measure="x", label="Connected - Interested")) == "Connected - Interested"


def test_a_step_of_the_draft_says_what_moved() -> None:
    assert words.weight_changes_words([70, 15], [0, 15], ["Dials", "Quotes"]) == "Dials 70 → 0"
    assert words.weight_changes_words([70, 15], [50, 35], ["Dials", "Quotes"]) == "2 weights"
    assert words.weight_changes_words([70], [70], ["Dials"]) == ""
