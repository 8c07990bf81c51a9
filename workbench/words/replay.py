"""Sentences of the Replay page: prizes, reprimands, styles, and when the data showed that a link was gone."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import REP
from workbench.design.model import Design
from workbench.scoring.replay.leavers import Leavers
from workbench.scoring.replay.prizes import Prizes
from workbench.scoring.replay.runs import OutcomeRun
from workbench.scoring.replay.stop_signal import StopSignal
from workbench.scoring.replay.styles import StyleComparison
from workbench.words.lists import list_names, ordinal
from workbench.words.numbers import percent, pluralize, short_number, with_unit
from workbench.words.panels import period_name

QUESTION = "Who would have been rewarded, who reprimanded, and did the team hit KPIs while missing the goal?"
OUTCOMES: dict[str, str] = {
    "both_hit": "KPI and goal hit",
    "goal_only": "goal hit, KPI missed",
    "kpi_only": "KPI hit, goal missed",
    "both_missed": "both missed",
}
SCORECARD = "Scorecard"
MOST_NAMES = 5

PRIZES_METHOD = (
    "Each round is scored by itself with this design: the highest scores win, ties for the last place all win. "
    "*Below the median* compares what a winner sold in that round with the median of everybody's sales in it; the "
    "bars compare averages over all rounds. *Over all the data* is the same rule with one prize-giving at the end. "
    "Where days at work are known, sales of a cut period are put on a whole one, and nobody takes part in a round with "
    "too few days worked."
)
CALLED_IN_METHOD = (
    "A rep is *called in* for a period whose score stays below the hit line (100 points for attainment, 50 for the "
    "other kinds of points). *With the goal made* counts those in which the rep had reached the goal's target."
)
TEAM_METHOD = (
    "A period counts as hit when the average rep reaches the average target. Partial periods at either end are drawn "
    "and never counted in a run."
)
STYLES_METHOD = (
    "A rep's style is the activity done most in comparison with the team's average, if at least half as much again. "
    "Scores are levelled to equal sales with one common slope; the difference between styles is shared out to the "
    "KPIs. *By chance* is the share of 999 reshuffles of reps between styles with differences at least as large."
)
STOP_METHOD = (
    "The line is the link over the last six periods, read at the end of each: Spearman over rep-periods with each "
    "period's level removed, 95% CI by leaving out one rep at a time. **No longer predicted** needs three things: a "
    "link once shown (monthly links 2.5 standard errors above 0 before the last six months), a fall that chance rarely "
    "makes (3.2, 3.4 or 3.6 standard errors at the best split, for 18, 24 or 36 months of looking), and the last six "
    "months below the smallest link that matters (0.2). Each month's link is across reps, each rep's own mean taken "
    "out, so it asks whether a rep who does more than usual also sells more than usual. Simulated with 20 reps, 200 "
    "to 400 teams each: a lasting link of 0.3 is called gone in at most 2 of 100; one of 0.5 that ends is found in 99 "
    "of 100 teams, after 5 months. Three months of KPI hit and goal missed are no reason to stop: season and "
    "chance make them. An association, not proof that the KPI did it."
)
LEAVERS_METHOD = (
    "Reps with an end date on the roster, their last three periods, beside all others in the same periods. Where days "
    "at work are known, sales are per whole period worked, and a last period with too few days is left out."
)
EFFORT_METHOD = "Hours = units a week × minutes each. Points per hour = what meeting the target earns ÷ its hours."


def run_sentence(run: OutcomeRun, design: Design, grain: Grain) -> str:
    """``Dials hit, Sales missed: 3 months in a row, July 2024 to September 2024.``"""
    kpi = run.kpi or SCORECARD
    goal = design.required_goal.label or design.required_goal.measure
    first, last = period_name(run.first, grain), period_name(run.last, grain)
    return f"{kpi} hit, {goal} missed: {pluralize(run.n_periods, grain)} in a row, {first} to {last}."


def prizes_sentence(prizes: Prizes) -> str:
    """How often the prize went to somebody below the median."""
    if prizes.n_prizes == 0:
        return "Nobody would have won a prize under this rule."
    share = percent(prizes.share_below_median)
    return f"{share} of {pluralize(prizes.n_prizes, 'prize')} went to somebody who sold less than the median."


def winners_sentence(prizes: Prizes, names: Mapping[str, str]) -> str:
    """Winners who sell less than the median rep, with their prizes; empty when there are none."""
    wins = prizes.reps.set_index(REP)["wins"]
    named = [f"{names[rep]} ({wins[rep]})" for rep in prizes.winners_below]
    return (
        f"Winners who sell less than the median rep over all rounds: {list_names(named, MOST_NAMES)}." if named else ""
    )


def overall_sentence(overall: Prizes, names: Mapping[str, str]) -> str:
    """The best scores of all, when they are those of people who sell little or of too many; empty when they are not."""
    ranked = overall.reps.set_index(REP)["goal_rank"]
    named = [f"{names[rep]} ({ordinal(int(ranked[rep]))})" for rep in overall.winners_below]
    if not named:
        return ""
    if overall.n_prizes > 2 * overall.rule.top and not overall.rule.over_target:
        return f"{pluralize(overall.n_prizes, 'rep')} share the best scores: the scorecard does not tell them apart."
    many = "all" if len(named) == overall.n_prizes > 1 else len(named)
    of = f"Of the {pluralize(overall.n_prizes, 'best score')} over all the data, {many}"
    belong = "belongs to somebody who sells" if len(named) == 1 else "belong to reps who sell"
    return f"{of} {belong} less than the median: {list_names(named, MOST_NAMES)} in what they sell."


def forgotten_sentence(prizes: Prizes, names: Mapping[str, str]) -> str:
    """Who sold most and won nothing; empty when every best seller won something."""
    top = prizes.rule.top
    without = prizes.best_sellers_without(top)
    if not without:
        return f"Each of the {top} best sellers won at least once." if prizes.n_prizes else ""
    return f"Of the {top} best sellers, {list_names([names[rep] for rep in without], MOST_NAMES)} never won."


def called_in_sentence(called_in: pd.DataFrame, grain: Grain) -> str:
    """How many reprimands would have hit somebody who made the goal."""
    unjust, n = int(called_in["unjust"].sum()), int(called_in["called_in"].sum())
    if n == 0:
        return "Nobody would have been called in."
    reps = int((called_in["unjust"] > 0).sum())
    whom = (
        f"{unjust:,} of them to {pluralize(reps, 'rep')} who had made the goal" if reps else "none with the goal made"
    )
    return f"{pluralize(n, 'reprimand')} in {pluralize(int(called_in['periods'].sum()), f'rep-{grain}')}, {whom}."


def no_target(design: Design) -> str:
    """Why parts of a replay stay empty; empty when the goal has a target."""
    if design.required_goal.target is not None:
        return ""
    goal = design.required_goal.label or design.required_goal.measure
    return (
        f"{goal} has no target, so nobody can make it or miss it: reprimands and the team's calendar cannot be judged."
    )


def unjust_sentence(mostly: pd.DataFrame, names: Mapping[str, str], grain: Grain) -> str:
    """Who was called in with the goal made most of the time; empty when nobody was. ``mostly`` as ``mostly_unjust``."""
    if mostly.empty:
        return ""
    rows = mostly.itertuples()
    named = [f"{names[row.rep]} ({row.unjust} of {row.periods} {grain}s)" for row in rows]
    return f"Called in with the goal made, most of their time: {list_names(named, MOST_NAMES)}."


def styles_sentence(guard: StyleComparison) -> str:
    """Which style loses how many points to which KPI, or that none does."""
    if guard.styles.empty:
        return "Not enough difference in how reps sell to compare styles."
    if not guard.raised:
        return f"No way of selling scores lower at equal sales: by chance in {_chance(guard.p)} of reshuffles."
    worst = guard.styles.sort_values("taken").iloc[-1]
    return (
        f"At equal sales, reps who lead on {worst['style']} get {short_number(worst['taken'])} points less "
        f"({pluralize(int(worst['n_reps']), 'rep')}; by chance in {_chance(guard.p)} of reshuffles). "
        f"{guard.cause} accounts for {'all' if guard.share >= 1 else percent(guard.share)} of the differences: "
        "the scorecard rewards one way of selling."
    )


def _chance(p: float) -> str:
    return "less than 1%" if p < 0.01 else percent(p)


def stop_sentence(signal: StopSignal, design: Design, grain: Grain, in_fact: pd.Timestamp | None = None) -> str:
    """When the data showed that a KPI no longer predicts the goal, and how much earlier than the team acted."""
    goal = design.required_goal.label or design.required_goal.measure
    if signal.why == "too early":
        return f"It is too early to say whether {signal.kpi} predicts {goal}."
    if signal.why == "never shown":
        return f"The data never showed that {signal.kpi} predicts {goal}."
    if signal.first is None:
        return f"{signal.kpi} predicted {goal}, and the data gave no reason to stop."
    end = f"{'the ' if grain == 'week' else ''}{period_name(signal.first, grain)}"
    when = f"By the end of {end} the data showed that {signal.kpi} no longer predicted {goal}"
    earlier = None if in_fact is None else signal.periods_earlier(in_fact, grain)
    return f"{when}." if earlier is None else f"{when} – {_earlier(earlier, grain)}."


def _earlier(periods: int, grain: Grain) -> str:
    if periods == 0:
        return "just when the team changed course"
    return f"{pluralize(abs(periods), grain)} {'before' if periods > 0 else 'after'} the team changed course"


def leavers_sentence(found: Leavers, unit: str | None, grain: Grain) -> str:
    """What the leavers had sold and how they were scored, beside those who stayed."""
    left, stayed = found.left, found.stayed
    gone = pluralize(len(found.reps), "leaver")
    return (
        f"In their last {grain}s the {gone} sold {with_unit(left['goal'], unit)} a {grain} "
        f"and scored {short_number(left['score'])}; those who stayed sold {with_unit(stayed['goal'], unit)} and scored "
        f"{short_number(stayed['score'])}. Goal made and score missed: {percent(left['unsung_share'])} of the leavers' "
        f"{grain}s, {percent(stayed['unsung_share'])} of the others' ({left['n']:,.0f} and "
        f"{pluralize(int(stayed['n']), f'rep-{grain}')})."
    )


def effort_sentence(hours: pd.DataFrame) -> str:
    """How many hours a week the scorecard asks, as far as is known."""
    counted_in = hours[hours["share"] > 0]
    known = counted_in[counted_in["hours_asked"].map(math.isfinite)]
    if known.empty:
        return "Give KPIs their minutes each on the KPIs page, and this says how many hours a week they ask of a rep."
    rest = len(counted_in) - len(known)
    unknown = f" ({pluralize(rest, 'KPI')} without minutes not counted)" if rest else ""
    return f"The scorecard asks {short_number(known['hours_asked'].sum())} hours a week of a rep{unknown}."
