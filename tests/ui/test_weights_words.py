"""What the Weights and Options pages say, from numbers made up for the purpose."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from workbench.design.model import WeightsFrom, parse_design
from workbench.design.options import Option
from workbench.scoring.agreement import Agreement
from workbench.scoring.classification import Awards
from workbench.scoring.compare import OptionOutcome
from workbench.scoring.correlation import Correlation
from workbench.weights.accept import accept_weights
from workbench.weights.pairwise import Triad, weights_from_comparisons
from workbench.weights.rank_ranges import RankRanges
from workbench.weights.suggest_weights import Gain, WeightSuggestion
from workbench.weights.sweep import Flip, Sweep
from workbench.words import options as option_words
from workbench.words import weights as words
from workbench.words import weights_matter as matter
from workbench.words.lists import list_names

NAMES = {"ann": "Ann", "ben": "Ben", "cleo": "Cleo", "dan": "Dan"}


def test_where_the_weights_came_from() -> None:
    swing = WeightsFrom(way="swing", weights=(("A", 1.0),), note="A before B")
    assert words.weights_origin_sentence(swing, swing) == "Today's weights were found by swing: A before B."
    assert (
        words.weights_origin_sentence(None, swing)
        == "Today's weights were changed by hand since they were found by swing."
    )
    assert words.weights_origin_sentence(None, None) == "No reason recorded for these weights."


def test_answers_run_from_far_more_to_far_less_and_say_who() -> None:
    said = words.comparison_answers("Dials", "Quotes")
    assert list(said) == [9, 7, 5, 3, 1, 1 / 3, 1 / 5, 1 / 7, 1 / 9]
    assert said[9] == "Dials matters far more than Quotes"
    assert said[1] == "Dials and Quotes matter equally"
    assert said[1 / 7] == "Quotes matters much more than Dials"


def test_a_contradiction_names_both_sides() -> None:
    found = weights_from_comparisons(["A", "B", "C"], {("A", "B"): 3, ("B", "C"): 3, ("A", "C"): 1 / 3})
    assert words.consistency_sentence(found).startswith("The answers contradict each other")
    assert words.contradiction_sentence(found.triads[0]) == (
        "These answers contradict: A somewhat above B; B somewhat above C; but C somewhat above A. Change one."
    )
    typed = Triad("A", "B", "C", 2, 1, 8.4)
    assert words.contradiction_sentence(typed) == (
        "These answers contradict: A somewhat above B; B equal to C; but A far above C. Change one."
    )


def test_consistent_answers_say_so_and_count_what_is_open() -> None:
    whole = weights_from_comparisons(["A", "B", "C"], {("A", "B"): 3, ("B", "C"): 3, ("A", "C"): 9})
    assert words.consistency_sentence(whole) == "The answers fit together (consistency ratio 0.00; up to 0.1 is fine)."
    part = weights_from_comparisons(["A", "B", "C"], {("A", "B"): 3, ("B", "C"): 3})
    assert words.consistency_sentence(part).endswith(" 1 pair not answered yet.")
    two = weights_from_comparisons(["A", "B"], {("A", "B"): 3})
    assert words.consistency_sentence(two) == "Two KPIs cannot contradict each other."


@pytest.mark.parametrize(
    ("given", "expected"),
    [((0, 12, 0), "About 12 pairs are enough."),
     ((5, 12, 0), "5 of 12 answered; all answers fit together."),
     ((5, 12, 2), "5 of 12 answered; 2 answers contradict the others."),
     ((12, 12, 0), "12 pairs answered, which is enough; all answers fit together."),
     ((13, 12, 1), "13 pairs answered, which is enough; 1 answer contradicts the others.")],
)  # fmt: skip
def test_how_far_the_answers_are_and_how_many_cannot_be_met(given: tuple[int, int, int], expected: str) -> None:
    assert words.answers_progress(*given) == expected


def test_the_scale_runs_to_nine_on_both_sides() -> None:
    marks = [words.scale_mark(times) for times in words.comparison_answers("A", "B")]
    assert marks == ["◂ 9", "◂ 7", "◂ 5", "◂ 3", "=", "3 ▸", "5 ▸", "7 ▸", "9 ▸"]


def suggestion(n_reps: int, gain: float, late: float = 0.2, **changes: object) -> WeightSuggestion:
    def link(rho: float) -> Correlation:
        return Correlation(rho, rho - 0.1, rho + 0.1, 90, n_reps, "by hand")

    fields = {"weights": {"A": 100.0}, "low": {"A": 90.0}, "high": {"A": 100.0}, "penalty": 1.0, "horizon": 0,
              "in_sample": link(0.6), "new_reps": link(0.5), "equal_new_reps": link(0.3), "out_of_time": link(0.5),
              "equal_out_of_time": link(0.4), "gain": Gain(gain, 0.1, 0.9, n_reps),
              "late_gain": Gain(late, 0.1, 0.9, n_reps), "n_reps": n_reps,
              "useless": (), "near_copies": ()}  # fmt: skip
    return WeightSuggestion(**fields | changes)


def test_a_suggestion_says_plainly_when_equal_weights_do_as_well() -> None:
    assert words.suggestion_sentences(suggestion(24, gain=0.05))[0] == "Use equal weights."
    assert (
        words.suggestion_sentences(suggestion(9, gain=0.5))[0] == "9 reps are too few for the data to choose weights."
    )
    verdict, advice = words.suggestion_sentences(suggestion(24, gain=0.5))
    assert verdict.startswith("Use the data's weights: they predict the goal better than equal weights")
    assert advice.startswith("They do so for reps not used to find them, and in later periods. They follow the past")
    later, why = words.suggestion_sentences(suggestion(24, 0.5, late=0.05))
    assert later == "Use equal weights."
    assert "but not in later periods" in why
    assert (
        "beyond chance"
        in words.suggestion_sentences(suggestion(24, 0.5, new_reps=Correlation(0.1, -0.1, 0.3, 9, 24, "")))[1]
    )


def test_a_suggestion_says_what_else_it_found() -> None:
    found = suggestion(24, 0.5, horizon=1, useless=("B", "C"), near_copies=(("A", "D"),))
    said = " ".join(words.suggestion_notes(found))
    assert "in 90% of refits" in said
    assert "A large weight on that KPI only says that the past continues." in said
    assert "The data gives B and C no weight" in said
    assert "Equal weights of all" not in said  # fitted weights are recommended, which leave both out
    assert "A and D measure the same thing: keep one of them." in said


def test_equal_weights_say_that_they_count_what_the_data_gives_no_weight() -> None:
    said = " ".join(words.suggestion_notes(suggestion(24, 0.05, useless=("Dials",))))
    assert "The data gives Dials no weight" in said
    assert "Equal weights of all count it like the rest." in said


@pytest.mark.parametrize(
    ("note", "expected"),
    [("recommended: suggested weights", "Today's weights were fitted to the data."),
     ("recommended: equal weights",
      "Today's weights were fitted to the data, against the advice to use equal weights."),
     ("recommended: equal weights; adjusted by hand",
      "Today's weights were fitted to the data, then adjusted by hand, against the advice to use equal weights."),
     ("recommended: not enough reps",
      "Today's weights were fitted to the data, against the advice: these reps are too few."),
     ("spring", "Today's weights were fitted to the data: spring."),
     (None, "Today's weights were fitted to the data.")],
)  # fmt: skip
def test_fitted_weights_say_so_whatever_was_recommended(note: str | None, expected: str) -> None:
    source = WeightsFrom(way="data", weights=(("A", 1.0),), note=note)
    assert words.weights_origin_sentence(source, source) == expected


def test_where_equal_weights_do_as_well_no_note_says_that_they_do_not() -> None:
    found = suggestion(24, 0.5, late=0.05, near_copies=(("A", "D"),))
    assert words.suggestion_notes(found) == ["A and D measure the same thing: keep one of them."]
    assert words.refit_spans(found) == "The data's weights, leaving out one rep at a time: A 90%–100%."


def test_of_three_reps_neither_refits_nor_kpis_to_drop_are_named() -> None:
    found = suggestion(3, 0.5, useless=("B",), near_copies=(("A", "D"),))
    assert words.suggestion_notes(found) == []
    assert words.refit_spans(found) == ""
    assert "Drop" not in " ".join(words.suggestion_sentences(found))


@pytest.mark.parametrize(
    ("row", "expected"),
    [(("Dials", 0.1, 0.01, "decorative", None),
      "Dials has 10% of the weight but only 1% of the influence on the ranking."),
     (("Dials", 0.1, -0.06, "decorative", None),
      "Reps who do better on Dials rank lower, although Dials has 10% of the weight."),
     (("Dials", 0.5, 0.8, "dominant", None),
      "Dials has 50% of the weight but 80% of the influence on the ranking."),
     (("Dials", 0.4, 0.001, "decorative", None), "Dials has 40% of the weight but no influence on the ranking."),
     (("Dials", 0.6, 1.09, "dominant", None),
      "Dials has 60% of the weight but 100% of the influence on the ranking."),
     (("Dials", 0.5, 0.5, "near copy", "Calls"),
      "Dials and Calls measure the same thing, so it counts twice."),
     (("Dials", 0.25, 0.0, "no values", None),
      "Dials has 25% of the weight, but there are no values of Dials to rank by."),
     (("Dials", 0.5, 0.5, "", None), "")],
)  # fmt: skip
def test_what_is_odd_about_a_kpis_influence(row: tuple, expected: str) -> None:
    assert (
        matter.influence_sentence(dict(zip(("kpi", "share", "effective", "verdict", "copy_of"), row, strict=True)))
        == expected
    )


def test_two_copies_of_each_other_are_told_once() -> None:
    found = pd.DataFrame({"kpi": ["A", "B", "C"], "share": [0.4, 0.3, 0.3], "effective": [0.5, 0.45, 0.05],
                          "verdict": ["near copy", "near copy", "decorative"],
                          "copy_of": ["B", "A", None]})  # fmt: skip
    assert [said.split()[0] for said in matter.influence_warnings(found)] == ["A", "C"]


def test_where_nothing_is_odd_the_largest_gap_is_named() -> None:
    found = pd.DataFrame({"kpi": ["A", "B"], "share": [0.6, 0.4], "effective": [0.88, 0.12]})
    assert matter.furthest_influence_sentence(found) == (
        "The largest gap: A has 60% of the weight and 88% of the influence on the ranking."
    )
    assert matter.furthest_influence_sentence(found.assign(effective=math.nan)).startswith("Everybody scores the same")


def strip(share: float, below: Flip | None, above: Flip | None) -> Sweep:
    steps = np.linspace(0, 1, 3)
    return Sweep("Dials", share, steps, steps, steps, np.array([2, 3, 2]), 0.4, 0.6, below, above)


def test_the_nearest_flip_is_named_with_its_distance_and_its_reps() -> None:
    swap = Flip(0.35, ("ann",), ("ben",))
    assert matter.nearest_change_sentence(strip(0.5, swap, Flip(0.9, (), ("dan",))), NAMES) == (
        "At 35%, 15.0 points lower, Ann replaces Ben at the top."
    )
    tie = Flip(1.0, ("ann", "ben"), ())
    assert (
        matter.nearest_change_sentence(strip(0.5, None, tie), NAMES)
        == "At 100%, 50.0 points higher, Ann and Ben join the others at the top."
    )
    assert (
        matter.nearest_change_sentence(strip(0.5, None, None), NAMES)
        == "The same reps stay at the top with any weight."
    )


def ranges(*tiers: float, above: tuple[tuple[int, int], ...] = (), **more: int) -> RankRanges:
    n = len(tiers)
    rank, told = np.arange(1.0, n + 1), np.zeros((n, n), dtype=bool)
    for first, second in above:
        told[first, second] = True
    given = {"months": 24, **more}
    return RankRanges(tuple(NAMES)[:n], rank, rank, rank, np.eye(n), np.array(tiers, dtype=float), 100, told, **given)


@pytest.mark.parametrize(
    ("found", "expected"),
    [(ranges(1, 1, 1, 2, above=((0, 3), (1, 3), (2, 3))),
      "The top 3 reps are tied: the data cannot separate them. Only 2 groups are clearly apart: 3 reps and 1 rep."),
     (ranges(1, 1, 2, above=((0, 1), (0, 2), (1, 2))),
      "The top 2 reps are clearly ahead of the rest. Only 2 groups are clearly apart: 2 reps and 1 rep."),
     (ranges(1, 2, 2), "Ann is clearly ahead of everybody else. Only 2 groups are clearly apart: 1 rep and 2 reps."),
     (ranges(1, 1, 1, above=((0, 2),)), "Only 1 of 3 pairs of reps has a clear order. All others are tied."),
     (ranges(1, 1), "All 2 reps are tied: the ranks tell how these months went, not who is better."),
     (ranges(1, 1, ends_after=33),
      "All 2 reps are tied: the ranks tell how these months went, not who is better. "
      "Separating first from last needs about 9 more months."),
     (ranges(1, 1, ends_after=240),
      "All 2 reps are tied: the ranks tell how these months went, not who is better. "
      "Separating even first from last would take years."),
     (ranges(1, 1, months=6), "All 2 reps are tied: 6 months of data cannot separate them. "
                              "It takes at least 8 months."),
     (ranges(1, 1, months=0), "All 2 reps are tied: less than a month of data cannot separate them. "
                              "It takes at least 8 months."),
     (ranges(1, 1, months=None), "All 2 reps are tied: slightly other weights swap them."),
     (ranges(1, math.nan), "Ann is the only rep with a score."),
     (ranges(math.nan, math.nan), "Nobody has a score to be ranked by."),
     (ranges(), "Nobody has a score to be ranked by.")],
)  # fmt: skip
def test_ties_are_told_and_what_can_be_told_apart(found: RankRanges, expected: str) -> None:
    assert matter.ties_sentence(found, NAMES) == expected


def test_the_kpi_that_decides_is_named_only_where_one_does() -> None:
    def told(*influence: float) -> str:
        shares = [1 / len(influence)] * len(influence)
        names = ["Dials", "Quotes", "Meetings"][: len(influence)]
        return matter.deciding_kpi_sentence(pd.DataFrame({"kpi": names, "share": shares, "effective": influence}))

    assert told(0.2, 0.8) == "Quotes decides the ranking: 50% of the weight, 80% of the influence."
    assert told(1.4, -0.4) == "Dials decides the ranking: 50% of the weight, 100% of the influence."
    assert told(0.4, 0.3, 0.3) == "No KPI decides the ranking alone. Dials has most influence: 40%."
    assert told(0.49, 0.51) == "No KPI decides the ranking alone. Quotes has most influence: 51%."
    assert told(1.0) == "Dials decides the ranking: 100% of the weight, 100% of the influence."
    assert told(math.nan, math.nan) == "Everybody scores the same, so no KPI tells reps apart."


def test_the_weight_with_least_room_is_named_with_what_changes() -> None:
    def strip(kpi: str, at: float | None) -> Sweep:
        steps = np.linspace(0, 1, 3)
        flip = None if at is None else Flip(at, ("ann",), ("ben",))
        return Sweep(kpi, 0.5, steps, steps, steps, np.array([1, 1, 1]), 0.4, 0.6, None, flip)

    assert matter.safe_span_sentence([strip("A", 0.9), strip("B", 0.6), strip("C", None)], 8, NAMES) == (
        "Least room: B. At 60%, 10.0 points higher, Ann replaces Ben at the top."
    )
    assert matter.safe_span_sentence([strip("A", None)], 8, NAMES) == (
        "The same reps stay in the top 8 with any weights."
    )


def test_a_swing_is_told_in_the_form_of_the_kpi() -> None:
    rate = parse_design({"name": "d", "kpis": [{"name": "k", "formula": "won / closed", "unit": "of deals"}]}).kpis[0]
    assert words.swing_words(0.318, 0.654, rate) == "Worst rep 31.8%, best rep 65.4% of deals"


def test_the_pairs_that_can_be_told_apart_are_listed_by_the_upper_rep() -> None:
    found = matter.rank_pairs_table(ranges(1, 1, 1, above=((0, 1), (0, 2))), NAMES)
    assert found.to_numpy().tolist() == [["Ann", 2, "Ben and Cleo"]]
    assert matter.rank_pairs_table(ranges(1, 1), NAMES).empty


def test_long_lists_are_cut_and_counted() -> None:
    assert list_names([]) == ""
    assert list_names(["A"]) == "A"
    assert list_names(list("ABCDE"), most=3) == "A, B, C and 2 more"


def test_the_drop_one_table_has_signs_and_dashes() -> None:
    found = pd.DataFrame({"kpi": ["A"], "mean_shift": [1.25], "largest_shift": [math.nan], "top_kept": [6.0],
                          "across_reps": [0.1], "next_period": [0.31], "across_change": [0.0],
                          "next_change": [0.04]})  # fmt: skip
    assert matter.drop_table(found, 8).loc[0].tolist() == ["A", "1.2", "–", "6", "0.31", "+0.04"]


def test_options_of_one_name_are_told_apart() -> None:
    options = [Option(design=f"{place:012x}", name=name) for place, name in enumerate(["Calm", "Calm", "Open design"])]
    assert list(option_words.option_labels(options).values()) == ["Calm", "Calm (2)", "Open design (2)"]


def test_an_option_in_a_line() -> None:
    kpis = [{"name": name, "formula": "x", "weight": weight} for name, weight in (("A", 30), ("B", 10), ("C", 0))]
    assert option_words.shares_words(parse_design({"name": "d", "kpis": kpis})) == "A 75% · B 25%"
    assert option_words.shares_words(parse_design({"name": "d", "kpis": kpis[2:]})) == "no weights yet"
    swung = accept_weights(parse_design({"name": "d", "kpis": kpis}), {"A": 75, "B": 25, "C": 0}, "swing")
    assert option_words.option_line(swung, "since July") == "A 75% · B 25% — weights found by swing — since July"


def test_the_choice_that_moves_ranks_most_is_named() -> None:
    weights = pd.DataFrame({"kpi": ["A", "B"], "alone": [0.1, 0.7], "total": [0.2, 0.8]})
    assert matter.sensitivity_sentence(weights) == "The weight of B moves the ranks most."
    assert matter.sensitivity_sentence(weights.assign(total=math.nan)).startswith("No rank moves")
    rules = pd.DataFrame({
        "points": ["attainment", "zscore"], "combine": ["mean", "minimum"], "today": [True, False],
        "mean_shift": [0.0, 2.54], "largest_shift": [0.0, 7.0], "next_period": [0.2, -0.1],
    })  # fmt: skip
    assert matter.other_rules_sentence(rules) == (
        "Under the scoring rule that differs most, reps move by 2.5 ranks on average."
    )
    assert matter.other_rules_small_print(rules) == (
        "The rule that differs most: distance from the average, the worst KPI counts."
    )
    assert matter.other_rules_sentence(rules[:1]) == "No other rule gives ranks to compare with."
    assert matter.other_rules_small_print(rules[:1]) == ""
    assert matter.rules_table(rules).iloc[0].tolist() == ["value ÷ target, average (today)", "0.0", "0", "0.20"]


def outcome(shares: dict[str, float], winners: str, unjust: int, rho: float) -> OptionOutcome:
    """Of four reps the best sellers are a and b."""
    link = Correlation(rho, rho - 0.1, rho + 0.1, 24, 24, "by hand")
    agreement = Agreement(link, link, link, link, link)
    awards = Awards(2, tuple(winners), ("a", "b"))
    standing = pd.DataFrame({"score_rank": [1.0, 2.0, 3.0, 4.0] if shares else [math.nan] * 4})
    return OptionOutcome(shares, agreement, awards, 2 * unjust, unjust, standing)


def test_a_comparison_opens_with_what_the_last_design_does_better() -> None:
    before, after = outcome({"A": 1.0}, "cd", 100, 0.2), outcome({"B": 1.0}, "ab", 4, 0.6)
    both = {"As it is": before, "Proposal": after}
    assert option_words.verdict_line(both) == (
        "2 of 2 best sellers on top instead of 0, 2 new names; 96 fewer reprimands despite making the goal."
    )
    assert option_words.verdict_line({"Proposal": after, "As it is": before}).startswith("0 of 2 best sellers on top i")
    assert option_words.verdict_line({"A": before, "B": before}) == (
        "0 of 2 best sellers on top, as before, the same names; as many reprimands despite making the goal."
    )
    assert option_words.compared_words(both) == "Proposal compared with As it is."


@pytest.mark.parametrize("order", [("As it is", "Nothing weighs"), ("Nothing weighs", "As it is")])
def test_a_design_that_ranks_nobody_is_compared_with_nothing(order: tuple[str, str]) -> None:
    designs = {"As it is": outcome({"A": 1.0}, "ab", 43, 0.2), "Nothing weighs": outcome({}, "", 0, math.nan)}
    both = {name: designs[name] for name in order}
    assert option_words.verdict_line(both) == "Nothing weighs ranks nobody. Give a KPI some weight to compare."
    assert option_words.compared_words(both) == ""
    table = option_words.comparison_table(both)
    assert table["Nothing weighs"].tolist() == ["–"] * 5 + ["0%"]
    assert table["As it is"].tolist()[:3] == ["2 of 2", "43", "86"]
    assert not table.map(lambda text: "better" in text or "worse" in text).to_numpy().any()


def test_a_comparison_marks_better_and_worse_against_the_first() -> None:
    before, after = outcome({"A": 1.0}, "ab", 100, 0.2), outcome({"B": 1.0}, "cd", 99, 0.22)
    table = option_words.comparison_table({"As it is": before, "Proposal": after})["Proposal"]
    assert table["Best sellers on top"] == "0 of 2 ▼ worse"
    assert table["Reprimands despite making the goal"] == "99 ▲ better"
    assert "better" not in table["Link across reps"]
    assert table["Reprimands"] == "198"
    assert table["Weight of A"] == "0%"


@pytest.mark.parametrize(("rho", "mark"), [(0.28, ""), (0.12, ""), (0.31, " ▲ better"), (0.09, " ▼ worse")])
def test_links_that_nearly_coincide_are_no_better(rho: float, mark: str) -> None:
    """Ranges of ± .1: a link is marked where each lies outside the other's range."""
    before, after = outcome({"A": 1.0}, "ab", 100, 0.2), outcome({"A": 1.0}, "ab", 100, rho)
    table = option_words.comparison_table({"As it is": before, "Proposal": after})["Proposal"]
    assert ("▲" in table["Link across reps"], "▼" in table["Link across reps"]) == ("▲" in mark, "▼" in mark)
    assert table["Link with the next period"].endswith(mark)


def test_a_draft_is_never_told_as_todays_weights() -> None:
    draft = Awards(2, ("a", "b"), ("b", "c"))
    assert words.draft_awards_sentence(draft, None) == "This draft puts 1 of 2 best sellers in the top 2."
    unknown = Awards(2, ("a", "b"), (), goal_known=False)
    assert words.draft_awards_sentence(unknown, None).startswith("The goal is not known for any rep")
