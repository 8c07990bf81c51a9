"""What is wrong with a design, on its own and over the history."""

from __future__ import annotations

from collections.abc import Callable

from workbench.errors import Examples
from workbench.words.issue_parts import Sentence, did_you_mean, quoted_examples
from workbench.words.numbers import pluralize


def unknown_goal(name: str, near: str | None, known: Examples) -> Sentence:
    return f"The data has no measure “{name}”.", did_you_mean(near, known)


def drives_unknown(name: str, near: str | None) -> Sentence:
    fix = f"Did you mean “{near}”?" if near else "Choose the goal or one of the KPIs."
    return f"This KPI drives “{name}”, which is not in this design.", fix


def target_not_positive(better: str) -> Sentence:
    message = f"The target is 0 or less, and {better} is better: no value can be a share of it."
    fix = "Set a target above 0" + (", or a range that is good enough." if better == "lower" else ".")
    return message, fix


def goal_inside(goal: str = "", share: float | None = None) -> Sentence:
    """By the formula, which names the goal's measure, or by the rows, which are those that make the goal."""
    if share is None:
        message = "This KPI contains the goal itself, so its link with the goal is automatic."
        return message, "Judge the scorecard by the next period's goal, or take this KPI out."
    message = f"This KPI counts {share:.0%} of the rows that make {goal}, so part of their link is automatic."
    return message, "Judge this KPI by the next period's goal, or ask what a rep does before that."


def comparison(problem: str, first: str) -> Sentence:
    return COMPARISONS[problem](first), "Compare two KPIs with a number above 0."


COMPARISONS: dict[str, Callable[[str], str]] = {
    "not_above_zero": lambda first: "An answer must be above 0.",
    "not_two_kpis": lambda first: "This does not compare two of the KPIs.",
    "unlinked": lambda first: f"No answer links this with {first} yet.",
}
SENTENCES: dict[str, Callable[..., Sentence]] = {
    "design_misfit": lambda names: (
        f"This design does not fit the data set: the data have no {quoted_examples(names)}.",
        "Open the design with its own data set, or choose other measures.",
    ),
    "all_missing": lambda n: ("This KPI has no value for any rep in any period.", "Check the formula."),
    "comparison": comparison,
    "constant": lambda value: (
        f"This KPI is always {value:g} for everybody, so it cannot tell reps apart.",
        "Check the formula, or leave this KPI out.",
    ),
    "copy": lambda other: (f"This KPI has the same formula as “{other}”, so it counts twice.", "Keep one of the two."),
    "diagnostic_with_weight": lambda: (
        "This KPI is diagnostic, there to explain, and yet has weight.", "Set its weight to 0, or change its role."
    ),
    "drives_circle": lambda: (
        "What this KPI drives leads round in a circle back to this KPI.",
        "Let the last KPI of the circle drive the goal."
    ),
    "drives_unknown": drives_unknown,
    "goal_in_disguise": lambda link: (
        f"This KPI is the goal by another name (link strength {link:.2f}).", "Ask what a rep does before that."
    ),
    "goal_in_range": lambda: (
        "A goal that is best within a range has no best sellers. Only “goal made” follows the range; ranks, links and "
        "prizes are read as if more were better.",
        "Say that more is better or that less is better, or make the range a KPI.",
    ),
    "goal_inside": goal_inside,
    "goal_without_target": lambda: (
        "The goal has no target, so no rep can be said to have made the goal.",
        "Set a target; the history's own percentiles are a start.",
    ),
    "many_kpis": lambda n_kpis, most: (
        f"{n_kpis} KPIs count; nobody keeps more than {most} in mind.",
        "Ask of each whether it is absolutely necessary."
    ),
    "mostly_missing": lambda n: (
        "This KPI has no value in more than half of the rep-periods.", "Say what a missing value is worth."
    ),
    "maybe_near_copy": lambda other, n_reps: (
        f"This KPI and “{other}” move together, but with {pluralize(n_reps, 'rep')} that could be chance. "
        "Whether both measure the same thing is not known.",
        "Decide once there are more reps.",
    ),
    "near_copy": lambda other, link: (
        f"This KPI and “{other}” measure the same thing (link strength {link:.2f}), so it counts twice.",
        "Keep one of the two.",
    ),
    "no_anchors": lambda: (
        "Points between two anchors need two different numbers.", "Give the values worth 0 and 100 points."
    ),
    "no_formula": lambda: (
        "This card has no formula yet.", "Write its formula, or set its weight to 0 until it can be measured."
    ),
    "no_goal": lambda: ("The design has no goal.", "Choose the one measure the team exists for."),
    "no_kpis": lambda: ("The design has no KPIs.", "Work backwards from the goal to the first."),
    "no_necessity": lambda: (
        "Nobody has answered why a rep cannot succeed without this KPI.",
        "Answer in a sentence, or set its weight to 0.",
    ),
    "no_target": lambda: (
        "This KPI has no target, and points are attainment: value ÷ target.", "Set a target, or its weight to 0."
    ),
    "repeated_step": lambda: ("Two steps of the target begin on the same day.", "Keep one of the two."),
    "some_of_the_goal": lambda goal, share: (
        f"This KPI counts {share:.0%} of the rows that make {goal}: part of its link is automatic.",
        "Count only what comes before those rows.",
    ),
    "steps_begin_late": lambda n: (
        "The first step of the target begins after the data does, so earlier rep-periods have no target.",
        "Add a step for the time before.",
    ),
    "target_idle": lambda met: (
        f"So far the target was met in {'every' if met == 'always' else 'no'} rep-period.",
        "Set a target that some reach and some do not.",
    ),
    "target_not_positive": target_not_positive,
    "too_little": lambda n_known: (
        f"Weights from data need at least two KPIs and more than {pluralize(n_known, 'rep-period')} in which every KPI "
        "is known.",
        "Add KPIs, or more history.",
    ),
    "unknown_goal": unknown_goal,
    "window_outside": lambda begin, end, first, last: (
        f"There are no data in the reference period {begin} to {end}.",
        f"Choose a period between {first} and {last}.",
    ),
    "zero_inner_weights": lambda: (
        "None of the parts of this KPI has any weight.", "Give at least one part weight."
    ),
    "zero_weights": lambda: ("Every KPI has weight 0.", "Give at least one KPI weight."),
}  # fmt: skip
