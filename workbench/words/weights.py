"""Words of the Weights page on the ways to find weights."""

from __future__ import annotations

import math
from dataclasses import dataclass

from workbench.design.model import WeightsFrom
from workbench.weights.pairwise import ACCEPTABLE, Pairwise, Triad
from workbench.weights.suggest_weights import WeightSuggestion
from workbench.words.links import link_figures
from workbench.words.numbers import percent, pluralize, short_number

QUESTION = "Where should the weights come from, and how much do they matter?"
PARTS = {"from": "Find weights", "matter": "How much they matter"}


@dataclass(frozen=True)
class WayWords:
    """A way to weights: its name, what is asked, and how the weights are made."""

    name: str
    asks: str
    method: str


WAYS: dict[str, WayWords] = {
    "swing": WayWords(
        "Swing",
        "Each KPI from its worst rep to its best. If only one of them could go from worst to best, which would you "
        "take? Click it, then the next.",
        "From the order alone: the **rank-order centroid**, the centre of all weights that respect the order "
        "(Barron & Barrett 1996). Worst and best are the reps' values over all the data. No ranking is shown here, so "
        "that nobody's favourite decides.",
    ),
    "pairwise": WayWords(
        "Pairwise",
        "Two KPIs at a time: which matters more for the goal? 3 somewhat, 5 clearly, 7 much, 9 far more.",
        "The **principal eigenvector** of the answers (AHP, Saaty 1980); unanswered pairs are filled in by those "
        "answered (Harker 1987). The **consistency ratio** compares the contradictions with those of answers given "
        f"by dice: up to {ACCEPTABLE:g} is fine.",
    ),
    "order": WayWords(
        "Order the reps",
        "Forget the KPIs. Who of the two is the better seller, all in all?",
        "The weights under which the **fewest answers are broken** (exact, by integer programming), and among those "
        "the middle of what the answers leave open. The next pair is the one about which the answers so far leave most "
        "open, over 300 draws of weights.",
    ),
    "data": WayWords(
        "From the data",
        "Which weights would have gone best with the goal? A second opinion, not the answer.",
        "Weights of at least 0, **shrunk to equal weights** by ridge; how strongly is chosen on reps left out of the "
        "fit. They are recommended only if they go with the goal beyond chance and beat equal weights on **reps they "
        "never saw**, in 70% of refits without one rep, and again in those reps' **later periods** with weights "
        "fitted on earlier ones, each by more than one standard error. Each period's level is taken out first.",
    ),
    "typed": WayWords(
        "Typed or preset",
        "Start from today's weights or from a preset, and type.",
        "Only the proportions count: the shares are weight ÷ total.",
    ),
}
PRESETS = {"today": "Today's", "equal": "Equal", "first counts most": "First counts most"}
CAME_FROM = {
    "equal": "set equal",
    "typed": "typed",
    "swing": "found by swing",
    "pairwise": "found pairwise",
    "order": "inferred from ordered reps",
    "data": "suggested by the data",
    "preset": "taken from a preset",
}
TIMES: dict[float, str] = {3: "somewhat more than", 5: "clearly more than", 7: "much more than", 9: "far more than"}


def weights_origin_sentence(source: WeightsFrom | None, before: WeightsFrom | None) -> str:
    """Where today's weights came from; ``before``: where they did before somebody changed them."""
    if source is None:
        since = f" since they were {CAME_FROM[before.way]}" if before else ""
        return f"Today's weights were changed by hand{since}." if since else "Nobody has said yet why these weights."
    note = f": {source.note}" if source.note else ""
    return f"Today's weights were {CAME_FROM[source.way]}{note}."


def comparison_words(a: str, b: str, times: float) -> str:
    """One answer in words: ``Dials matters clearly more than Quotes``."""
    if times == 1:
        return f"{a} and {b} matter alike"
    return f"{a} matters {TIMES[times]} {b}" if times > 1 else f"{b} matters {TIMES[round(1 / times)]} {a}"


def comparison_answers(a: str, b: str) -> dict[float, str]:
    """All answers to one comparison, from far more to far less."""
    times = [*sorted(TIMES, reverse=True), 1, *(1 / each for each in sorted(TIMES))]
    return {each: comparison_words(a, b, each) for each in times}


def scale_mark(times: float) -> str:
    """An answer's place on the scale: ``◂ 9`` … ``◂ 3``, ``=``, ``3 ▸`` … ``9 ▸``."""
    return "=" if times == 1 else f"◂ {times:.0f}" if times > 1 else f"{1 / times:.0f} ▸"


def consistency_sentence(found: Pairwise) -> str:
    """Whether the answers fit together."""
    open_ones = f" {pluralize(found.n_missing, 'pair')} not answered yet." if found.n_missing else ""
    if not math.isfinite(found.consistency):
        return "Two KPIs cannot contradict each other." + open_ones
    said = "the answers fit together" if found.acceptable else "the answers contradict each other"
    return f"Consistency ratio {found.consistency:.2f} (up to {ACCEPTABLE:g} is fine): {said}.{open_ones}"


def contradiction_sentence(triad: Triad) -> str:
    """Which answer contradicts which, and what would fit."""
    return (
        f"You said {_ratio(triad.a, triad.b, triad.a_over_b)} and {_ratio(triad.b, triad.c, triad.b_over_c)}. Then "
        f"{_ratio(triad.a, triad.c, triad.implied)}; but you said {_ratio(triad.a, triad.c, triad.a_over_c)}."
    )


def _ratio(a: str, b: str, times: float) -> str:
    if abs(times - 1) < 1e-9:
        return f"{a} counts as much as {b}"
    return f"{a} counts {short_number(times)} × {b}" if times > 1 else f"{b} counts {short_number(1 / times)} × {a}"


def answers_progress(n: int, wanted: int, unmet: int) -> str:
    """How far the answers are, and how many of them no weights can meet."""
    done = f"{n} of {wanted} answered" if n < wanted else f"{pluralize(n, 'pair')} answered, enough to go by"
    if not n:
        return f"About {wanted} pairs settle it."
    return f"{done}; so far {unmet} cannot be met." if unmet else f"{done}; all can be met."


def suggestion_sentences(found: WeightSuggestion) -> tuple[str, str]:
    """The verdict, whether the data's weights are worth more than equal ones, and what to make of it."""
    if found.recommendation == "not_enough_reps":
        few = f"{pluralize(found.n_reps, 'rep')} are too few for the data to choose weights."
        return few, "Drop KPIs that add nothing and weigh the rest equally."
    if found.recommendation == "suggested_weights":
        return (
            "The data's weights go better with the goal than equal ones, on reps they were not fitted to.",
            "In later periods too. They follow what went together in the past, not what you want to pay for.",
        )
    if not found.links:
        return "Equal weights do as well.", "No weights of these KPIs go with the goal beyond chance on reps not seen."
    if not found.better_on_new_reps:
        return "Equal weights do as well.", "What the data would choose is not worth more on reps it has not seen."
    return (
        "Equal weights do as well.",
        "What the data would choose is worth more on reps it has not seen, but not in later periods: there it does not "
        "beat equal weights by more than chance.",
    )


def suggestion_figures(found: WeightSuggestion) -> list[tuple[str, str, str]]:
    """What was checked: the question, the data's weights, equal weights."""
    return [
        ("New reps", link_figures(found.new_reps), link_figures(found.equal_new_reps)),
        ("New reps, later periods", link_figures(found.out_of_time), link_figures(found.equal_out_of_time)),
        ("The reps fitted to (flattering)", link_figures(found.in_sample), ""),
    ]


def suggestion_notes(found: WeightSuggestion) -> list[str]:
    """What else the fit found: KPIs without weight, near copies, the goal of the next period."""
    notes = [f"Better than equal weights in {percent(found.gain.wins)} of refits without one rep."]
    if found.horizon:
        notes.append("A KPI contains the goal itself, so the weights are fitted to the goal of the next period; much "
                     "weight on it says only that things go on as they were.")  # fmt: skip
    if found.useless:
        notes.append(f"No weight for {' and '.join(found.useless)}: nothing there that the others lack.")
    notes += [f"{a} and {b} move together almost exactly: keep one." for a, b in found.near_copies]
    return notes
