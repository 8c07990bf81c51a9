"""How easily KPIs could be gamed, and what happened once they became targets, in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from workbench.data.model.panel import Panel
from workbench.integrity.bunching import Bunching, Unseen
from workbench.integrity.came_to_nothing import CameToNothing, NothingUnseen
from workbench.integrity.counter_metric import CounterMetric
from workbench.integrity.decoupling import Decoupling, Lacking
from workbench.integrity.gameability import Gameability, NotGameable
from workbench.words.integrity import CHECKS
from workbench.words.lists import list_names, ordinal
from workbench.words.numbers import percent, pluralize, short_number, with_unit
from workbench.words.panels import period_name

EMPTY = "Half as much again, all of it empty"
METHOD = (
    "One rep at a time does half as much again of what the KPI counts, and all of it is empty: nothing else changes, "
    "neither the goal nor anybody else. The rank is that of the middle rep. Points an hour come from *minutes each* on "
    "the KPI's card."
)
SINCE_METHOD = (
    "Slopes of the goal on the KPI before and after the month, over reps or within reps, whichever is clearer. A month "
    "that was searched for pays for the search; months by which the KPIs were chosen are left out. Crowding compares "
    "the share of values just at the target with the values around it, and with other numbers as round. Each KPI is "
    "tested by itself: one in twenty that never changed is named by chance. That a link ended does not prove that "
    "anybody faked: a price, a list or a season can end it too."
)
NOT_GAMEABLE: dict[NotGameable, str] = {
    "no_goal": "Choose a goal first: without one nobody is ranked.",
    "no_formula": "This card has no formula yet.",
    "no_weight": "It has no weight, so nothing can be gained by faking it.",
    "nothing_counted": "More activity alone brings no points.",
}
NO_LINK: dict[Lacking, str] = {
    "no_goal": "choose a goal first",
    "contains_goal": "it counts the same rows as the goal",
    "composite": "it is made of other KPIs",
    "no_values": "it has no values",
    "no_spread": "it hardly varies",
    "few_reps": "there are too few reps",
    "few_before": "there are too few months before",
    "few_after": "there are too few months since",
}
NO_CROWD: dict[Unseen, str] = {
    "no_target": "there is no target",
    "composite": "it is made of other KPIs",
    "band": "its target is a range",
    "few_reps": "there are too few reps",
    "few_values": "too few values lie near the target",
    "none_below": "no values lie below the target",
    "lattice": "small counts make steps of their own",
    "no_placebo": "no other number as round lies near",
}


def gaming_headline(found: Sequence[Gameability]) -> str:
    """Which KPI pays most for empty activity."""
    paying = [one for one in found if one.pays_for_nothing]
    if not paying:
        return "No KPI with a weight pays for empty activity."
    most = max(map(places_won, paying))
    if most < 1:
        return "Empty activity earns points here, but 50% more moves nobody up."
    worst = [one.kpi for one in paying if places_won(one) == most]
    are = "is" if len(worst) == 1 else "are"
    return f"{list_names(worst)} {are} easiest to game: empty activity lifts the middle rep {_places(most)}."


def places_won(found: Gameability) -> int:
    """Return the whole places between the two ranks that a sentence names; 0 without ranks."""
    if isnan(found.rank) or isnan(found.rank_after):
        return 0
    return max(round(found.rank) - round(found.rank_after), 0)


def _places(places: float) -> str:
    return pluralize(round(places), "place")


def _name(panel: Panel, measure: str) -> str:
    return (panel.info(measure).label or measure).lower()


def gaming_sentence(found: Gameability, panel: Panel) -> str:
    """What half as much again of empty activity does to the middle rep's rank."""
    if found.lacking:
        return NOT_GAMEABLE[found.lacking]
    if found.outcomes:
        return f"Points count only for real {list_names([_name(panel, name) for name in found.outcomes])}."
    what = list_names([_name(panel, name) for name in found.activities])
    if places_won(found) < 1:
        return f"50% more {what}, all empty, lift nobody."
    before, after = (ordinal(round(rank)) for rank in (found.rank, found.rank_after))
    return f"50% more {what}, all empty, lift the middle rep from {before} to {after}."


def worth_sentence(found: Gameability, panel: Panel) -> str:
    """Points an hour, and what must be real."""
    if found.lacking or found.easiest is None:
        return ""
    easiest = _name(panel, found.easiest)
    worth = found.points_per_ten if found.points_per_hour is None else found.points_per_hour
    if round(worth, 2) <= 0:
        return f"The score {'falls' if round(worth, 2) < 0 else 'does not rise'} with more {easiest} alone."
    if found.points_per_hour is not None:
        worth_words = f"is worth {short_number(found.points_per_hour, 2)} points of score"
        points = f"An hour of {easiest} in a {panel.grain} {worth_words}."
    else:
        points = (
            f"Ten more {easiest} in a {panel.grain} are worth {short_number(found.points_per_ten, 2)} points of score."
        )
    return points if found.outcomes else f"{points} A rep can earn these points without any customer taking part."


def pair_sentence(found: CounterMetric) -> str:
    """What a counter-metric beside the KPI does about it."""
    if found.kpi is None or found.effect is None:
        return ""
    if found.present:
        return f"{found.kpi.name} already stands beside it."
    if round(found.effect.places) < 1:
        return ""
    then = round(found.effect.places_paired)
    gain = "no place" if then < 1 else f"only {_places(then)}"
    return f"With {found.kpi.name} beside it, the same empty activity gains {gain}."


def pair_label(found: CounterMetric) -> str:
    return f"Pair with {found.kpi.name}" if found.kpi else ""


def since_sentence(found: Decoupling, goal: str) -> str:
    """Whether the KPI stopped predicting the goal."""
    if found.lacking:
        return f"{found.kpi}: cannot tell, because {NO_LINK[found.lacking]}."
    fall = found.fall
    if fall is None or found.since is None:
        when = (
            " in any month" if found.searched or found.since is None else f" since {period_name(found.since, 'month')}"
        )
        return f"{found.kpi}: no change beyond chance in its link with {goal}{when}."
    when = period_name(found.since, "month")
    if fall.kind == "across":
        return f"Since {when} reps who do better on {found.kpi} no longer do better on {goal}."
    return f"Since {when} a rep's better months on {found.kpi} are no longer better months for {goal}."


def date_sentence(found: Decoupling, is_given: bool) -> str:
    """Where the date of a finding comes from: from a search, from the reader, or from the KPI's targets."""
    if found.fall is None or found.since is None:
        return ""
    if found.searched:
        return "This month was found by a search of all months."
    return "This month was given, not searched for." if is_given else "This is the month of the first dated target."


def since_small_print(
    found: Decoupling, goal: str, unit: str | None, n_chosen_on: int = 0, kpi_unit: str | None = None
) -> str:
    """Slopes on both sides with their likely ranges, and how many months are left out since they chose the KPI."""
    change = found.fall or found.clearest
    if change is None:
        return ""
    sides = [
        f"{with_unit(one.value, unit)} {name} (95% CI {short_number(one.low)} to {short_number(one.high)})"
        for name, one in (("before", change.before), ("after", change.after))
    ]
    searched = ", for a month that was searched for" if found.searched else ""
    size = f"{pluralize(found.n_reps, 'rep')}, {found.n_before} and {pluralize(found.n_after, 'month')}"
    if n_chosen_on:
        size += f"; without {pluralize(n_chosen_on, 'month')} that chose the KPI"
    one_more = f"{found.kpi} {kpi_unit}" if kpi_unit else found.kpi
    return f"{goal} a month for one more of {one_more}: {', '.join(sides)}; p {change.p:.2f}{searched}; {size}."


def flat_months_sentence(found: Decoupling, goal: str) -> str:
    """In how many months the KPI was better and the goal was not."""
    months = found.months
    if months is None or found.fall is None or not months.n_flat:
        return ""
    return f"In {months.n_flat} of {months.n_after} months since, {found.kpi} was better and {goal} was not."


def crowding_sentence(found: Bunching, grain: str) -> str:
    """Whether values crowd at the target, or why nobody can see it; nothing where they do not."""
    if found.lacking:
        return f"Crowding at the target of {found.kpi}: cannot tell, because {NO_CROWD[found.lacking]}."
    if not found.found:
        return ""
    just = f"{percent(found.share)} of rep-{grain}s just reach the target for {found.kpi}"
    return f"{just}, where {percent(found.expected)} would be usual. Effort or timing can explain that."


def came_to_nothing_sentence(found: CameToNothing, grain: str) -> str:
    """What share came to nothing just at the target, against all other rep-periods; or that it is not known."""
    if found.check is None:
        return NOTHING_KNOWN[found.lacking or "no_column"]
    what = CHECKS[found.check].capitalize()
    if not found.n_at or not found.n_rest:
        return f"{what}: not known, because one side has no rows."
    at, rest = found.k_at / found.n_at, found.k_rest / found.n_rest
    return f"{what}: {percent(at)} in the rep-{grain}s just at the target, {percent(rest)} in all others."


def came_to_nothing_small_print(found: CameToNothing) -> str:
    """The counts behind both shares; nothing where nothing is known."""
    if found.check is None or not found.n_at or not found.n_rest:
        return ""
    return f"{found.k_at:,} of {found.n_at:,} and {found.k_rest:,} of {found.n_rest:,} rows in {found.source}."


NOTHING_KNOWN: dict[NothingUnseen, str] = {
    "no_column": "Later cancellations: not known, because no column holds the outcome.",
    "finer_than_month": "Later cancellations: not known, because they are counted by month.",
}
PLACES = "places gained by the middle rep"
SEARCH, STILL, NOT_SAID, THAT_MONTH = "Search all months", "Still is", "Not said", "That month only"
CHOSEN_HELP = (
    "A KPI that was picked for its strong link in some months loses part of that link by itself. "
    "These months are left out."
)
NO_CROWDS = "Values crowd at no target that can be looked at."
