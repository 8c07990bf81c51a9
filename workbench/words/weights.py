"""Words of the ways to find weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.design.model import Kpi, WeightsFrom
from workbench.scoring.classification import Awards
from workbench.weights.pairwise import ACCEPTABLE, Pairwise, Triad
from workbench.weights.proposal import ADJUSTED
from workbench.weights.suggest_weights import WeightSuggestion
from workbench.words.kpis import value_words
from workbench.words.links import link_in_words
from workbench.words.lists import MOST_NAMES, list_names
from workbench.words.numbers import percent, pluralize, short_number


@dataclass(frozen=True)
class WayWords:
    """A way to weights: its name, what is asked, and how the weights are made."""

    name: str
    asks: str
    method: str


WAYS: dict[str, WayWords] = {
    "swing": WayWords(
        "Swing",
        "Imagine a rep who is worst at everything. Which one KPI would you lift to the level of your best rep first?",
        "From the order alone: the **rank-order centroid**, the centre of all weights that respect the order "
        "(Barron & Barrett 1996). Worst and best are the reps' values over all the data.",
    ),
    "pairwise": WayWords(
        "Pairwise",
        "Which of the two KPIs matters more for the goal? 3 somewhat, 5 clearly, 7 much, 9 far more.",
        "The **principal eigenvector** of the answers (AHP, Saaty 1980); unanswered pairs are filled in by those "
        "answered (Harker 1987). The **consistency ratio** compares the contradictions with those of answers given "
        f"by dice: up to {ACCEPTABLE:g} is fine.",
    ),
    "order": WayWords(
        "Order the reps",
        "Forget the KPIs. Which of the two is the better seller, all in all?",
        "The weights under which the **fewest answers are broken** (exact, by integer programming), and among those "
        "the middle of what the answers leave open. The next pair is the one about which the answers so far leave most "
        "open, over 300 draws of weights.",
    ),
    "data": WayWords(
        "From the data",
        "Which weights would have predicted the goal best? A second opinion, not the answer.",
        "Weights of at least 0, **shrunk to equal weights** by ridge; how strongly is chosen on reps left out of the "
        "fit. They are recommended only if they are linked with the goal beyond chance and beat equal weights on "
        "**reps they "
        "never saw**, in 70% of refits without one rep, and again in those reps' **later periods** with weights "
        "fitted on earlier ones, each by more than one standard error. Each period's level is taken out first.",
    ),
    "typed": WayWords(
        "Typed or preset",
        "Start from today's weights or from a preset, then type.",
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
    "data": "fitted to the data",
    "preset": "taken from a preset",
}
ALTHOUGH = {
    "recommended: suggested weights": "",
    "recommended: equal weights": ", against the advice to use equal weights",
    "recommended: not enough reps": ", against the advice: these reps are too few",
}
"""What the note of fitted weights adds; the note is a part of the design."""
USE_EQUAL = "Use equal weights."
FIT_AND_HEADLINE = (
    "These links compare reps within each period. The headline's link also counts good and bad periods, so it differs."
)
NO_PAIR = "In every pair of these reps, one is at least as good on every KPI, so no answer would change the weights."
ONE_REP = "One rep alone cannot be compared with anybody."
NO_PAIR_LEFT = "No other pair of reps would change the weights."
TIMES: dict[float, str] = {3: "somewhat more than", 5: "clearly more than", 7: "much more than", 9: "far more than"}


def weights_origin_sentence(source: WeightsFrom | None, before: WeightsFrom | None) -> str:
    """Where today's weights came from; ``before``: where they did before somebody changed them."""
    if source is None:
        since = f" since they were {CAME_FROM[before.way]}" if before else ""
        return f"Today's weights were changed by hand{since}." if since else "No reason recorded for these weights."
    if source.way == "data":
        return f"Today's weights were {CAME_FROM['data']}{_fitted_note(source.note or '')}."
    note = f": {source.note}" if source.note else ""
    return f"Today's weights were {CAME_FROM[source.way]}{note}."


def _fitted_note(note: str) -> str:
    parts = [part for part in note.split("; ") if part]
    by_hand = ", then adjusted by hand" if ADJUSTED in parts else ""
    own = "; ".join(part for part in parts if part != ADJUSTED and part not in ALTHOUGH)
    return by_hand + "".join(ALTHOUGH.get(part, "") for part in parts) + (f": {own}" if own else "")


def draft_problem(total: float, same: bool) -> str:
    """What is to be known of a draft before it is accepted; ``same``: as today's weights."""
    if not total:
        return "Give at least one KPI a weight."
    if same:
        return "These are today's weights."
    return f"The weights add up to {total:g}; only their proportions count." if abs(total - 100) > 0.5 else ""


def swing_words(worst: float, best: float, kpi: Kpi) -> str:
    """From the worst rep to the best one: ``Worst rep 28.6, best rep 58.5 per workday``."""
    if kpi.kpis:
        return f"Worst rep {short_number(worst)}, best rep {short_number(best)} points"
    return f"Worst rep {value_words(worst, kpi, bare=True)}, best rep {value_words(best, kpi)}"


def draft_awards_sentence(draft: Awards, today: Awards | None) -> str:
    """How many best sellers a draft puts on top, and today's weights; ``today`` is None where there are none."""
    best, top = len(draft.best_sellers), max(draft.top, len(draft.winners))
    if not draft.goal_known:
        return "The goal is not known for any rep, so there are no best sellers to find."
    if not best:
        return "No rep has reached any of the goal, so there are no best sellers to find."
    if today is None:
        return f"This draft puts {draft.overlap} of {best} best sellers in the top {top}."
    same = "as today's weights do" if draft.overlap == today.overlap else f"today's weights put {today.overlap}"
    return f"This draft puts {draft.overlap} of {best} best sellers in the top {top}, {same}."


def unmeasurable_sentence(kpis: Sequence[str]) -> str:
    """KPIs without a formula, which no way can weigh."""
    return f"{list_names(kpis, MOST_NAMES)} cannot be measured yet, so no weight is proposed."


def comparison_words(a: str, b: str, times: float) -> str:
    """One answer in words: ``Dials matters clearly more than Quotes``."""
    if times == 1:
        return f"{a} and {b} matter equally"
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
    said = "The answers fit together" if found.acceptable else "The answers contradict each other"
    return f"{said} (consistency ratio {found.consistency:.2f}; up to {ACCEPTABLE:g} is fine).{open_ones}"


def contradiction_sentence(triad: Triad) -> str:
    """Which answers do not fit together, in the words that were clicked."""
    first, second = _above(triad.a, triad.b, triad.a_over_b), _above(triad.b, triad.c, triad.b_over_c)
    return f"These answers contradict: {first}; {second}; but {_above(triad.a, triad.c, triad.a_over_c)}. Change one."


def _above(a: str, b: str, times: float) -> str:
    """``Dials clearly above Quotes``; ``Dials equal to Quotes``."""
    if math.isclose(times, 1):
        return f"{a} equal to {b}"
    more, less, ratio = (a, b, times) if times > 1 else (b, a, 1 / times)
    nearest = min(TIMES, key=lambda said: abs(said - ratio))
    return f"{more} {TIMES[nearest].split()[0]} above {less}"


def answers_progress(n: int, wanted: int, unmet: int) -> str:
    """How far the answers are, and how many of them no weights can meet."""
    done = f"{n} of {wanted} answered" if n < wanted else f"{pluralize(n, 'pair')} answered, which is enough"
    if not n:
        return f"About {wanted} pairs are enough."
    if not unmet:
        return f"{done}; all answers fit together."
    return f"{done}; {pluralize(unmet, 'answer')} {'contradicts' if unmet == 1 else 'contradict'} the others."


def suggestion_sentences(found: WeightSuggestion) -> tuple[str, str]:
    """The verdict, whether the data's weights are worth more than equal ones, and what to make of it."""
    if found.recommendation == "not_enough_reps":
        few = f"{pluralize(found.n_reps, 'rep')} are too few for the data to choose weights."
        return few, "Start from equal weights, or find the weights in another way."
    if found.recommendation == "suggested_weights":
        return (
            "Use the data's weights: they predict the goal better than equal weights.",
            "They do so for reps not used to find them, and in later periods. They follow the past, not what you want "
            "to pay for.",
        )
    if not found.links:
        return USE_EQUAL, "No weights of these KPIs predict the goal of new reps beyond chance."
    if not found.better_on_new_reps:
        return USE_EQUAL, "The data's weights are no better for new reps."
    return (
        USE_EQUAL,
        "The data's weights are better for new reps, but not in later periods: the difference there could be chance.",
    )


def suggestion_figures(found: WeightSuggestion) -> list[tuple[str, str, str]]:
    """What was checked: the question, the data's weights, equal weights."""
    return [
        ("For new reps", link_in_words(found.new_reps), link_in_words(found.equal_new_reps)),
        ("For new reps in later periods", link_in_words(found.out_of_time), link_in_words(found.equal_out_of_time)),
        ("For the reps used to find the weights (flattering)", link_in_words(found.in_sample), ""),
    ]


def suggestion_notes(found: WeightSuggestion) -> list[str]:
    """What else the fit found: refits that speak for it, KPIs without weight, near copies, the goal of the next period.

    Of too few reps nothing but the goal that is fitted.
    """
    few, better = (found.recommendation == kind for kind in ("not_enough_reps", "suggested_weights"))
    notes = [f"Better than equal weights in {percent(found.gain.wins)} of refits without one rep."] if better else []
    if found.horizon:
        notes.append("One KPI contains the goal, so the weights are fitted to the goal of the next period. A large "
                     "weight on that KPI only says that the past continues.")  # fmt: skip
    if few:
        return notes
    if found.useless:
        notes.append(f"The data gives {list_names(found.useless)} no weight: the other KPIs already predict the same.")
        if not better:
            notes.append(f"Equal weights of all count {'it' if len(found.useless) == 1 else 'them'} like the rest.")
    notes += [f"{a} and {b} measure the same thing: keep one of them." for a, b in found.near_copies]
    return notes


def weigh_without_label(names: Sequence[str]) -> str:
    """The button that weighs the KPIs without those to which the data gives no weight."""
    return f"Weigh without {list_names(names)}"


def refit_spans(found: WeightSuggestion) -> str:
    """How far each weight moves when one rep is left out; empty of too few reps."""
    if found.recommendation == "not_enough_reps":
        return ""
    spans = (f"{k} {percent(found.low[k] / 100)}–{percent(found.high[k] / 100)}" for k in found.weights)
    return f"The data's weights, leaving out one rep at a time: {', '.join(spans)}."
