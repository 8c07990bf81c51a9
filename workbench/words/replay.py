"""Sentences of the Replay page: prizes, reprimands, styles, and when the data showed that a link was gone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import REP
from workbench.design.model import Design, Goal
from workbench.scoring.replay.prizes import PrizeRule, Prizes
from workbench.scoring.replay.runs import OutcomeRun
from workbench.scoring.replay.stop_signal import StopSignal
from workbench.scoring.replay.styles import StyleComparison
from workbench.words.lists import list_names, ordinal
from workbench.words.numbers import percent, pluralize, short_number
from workbench.words.panels import period_name

QUESTION = "Who would have been rewarded, and who reprimanded?"
OUTCOMES: dict[str, str] = {
    "both_hit": "KPI and goal hit",
    "goal_only": "goal hit, KPI missed",
    "kpi_only": "KPI hit, goal missed",
    "both_missed": "both missed",
}
SCORECARD = "Scorecard"
HITS, REWARDED, REPRIMANDED, STYLES = "Hits and misses", "Rewarded", "Reprimanded", "Ways of selling"
STOPS, LEFT, HOURS = "When to stop", "Who left", "Hours"
NOBODY_LEFT = "Nobody left by then, as far as the team list says."
MOST_NAMES = 5

PRIZES_METHOD = (
    "Each round is scored on its own with this design: the highest scores win, ties for the last place all win. "
    "*Below the middle rep* compares a rep's average over all rounds with the median rep's, as the bars "
    "show it. *Over all the data* is the same rule with one prize-giving at the end. "
    "Where days at work are known, sales of a cut period are put on a whole one, and nobody takes part in a round with "
    "too few days worked."
)
CALLED_IN_METHOD = (
    "A rep is *reprimanded* for a period whose score stays below the hit line (100 points for attainment, 50 for the "
    "other kinds of points). *Despite making the goal* counts the periods in which the rep reached the goal's target."
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
    "Reps with an end date on the team list, their last three periods, beside all others in the same periods. Where "
    "days at work are known, sales are per whole period worked, and a last period with too few days is left out."
)
EFFORT_METHOD = "Hours = units a week × minutes each. Points per hour = what meeting the target earns ÷ its hours."


def runs_sentence(runs: Sequence[OutcomeRun], design: Design, grain: Grain) -> str:
    """``The team hit Dials but missed Sales 3 months in a row, July 2024 to September 2024.``

    ``runs`` are over the same periods, one of ``group_same_periods``.
    """
    run = runs[0]
    kpi = list_names([run.kpi or f"the {SCORECARD.lower()}" for run in runs], MOST_NAMES)
    goal = design.required_goal.label or design.required_goal.measure
    first, last = period_name(run.first, grain), period_name(run.last, grain)
    if run.n_periods == 1:
        return f"The team hit {kpi} but missed {goal} in {first}."
    return f"The team hit {kpi} but missed {goal} {pluralize(run.n_periods, grain)} in a row, {first} to {last}."


def rule_words(rule: PrizeRule, grain: Grain) -> str:
    """``Prize: 3 highest scores, every month``."""
    who = "everybody on target" if rule.over_target else f"{pluralize(rule.top, 'highest score')}"
    how_often = {"period": f"every {grain}", "all": "once"}.get(rule.every, f"every {rule.every}")
    return f"Prize: {who}, {how_often}"


def goal_words(goal: Goal) -> str:
    """The goal's name."""
    return goal.label or goal.measure


def behind_median(goal: Goal) -> str:
    """``below the middle rep in Sales``, ``above the middle rep in Churn``: on the side where nobody wants to be."""
    side = {"higher": "below", "lower": "above"}.get(str(goal.direction), "worse than")
    return f"{side} the middle rep in {goal_words(goal)}"


def prizes_sentence(prizes: Prizes, goal: Goal) -> str:
    """How many prizes went to reps who sell less than the middle rep; ``winners_sentence`` names them."""
    n, below = prizes.n_known, prizes.n_below_median
    if prizes.n_prizes == 0:
        return "Nobody would have won a prize under this rule."
    if n == 0:
        return f"Of {pluralize(prizes.n_prizes, 'prize')} it is not known what the winners did on {goal_words(goal)}."
    if n == 1:
        one = "The only prize" if prizes.n_prizes == 1 else "One prize"
        said = f"{one} {'went' if below else 'did not go'} to a rep {behind_median(goal)}"
    else:
        whom = "a rep" if below < 2 else "reps"
        said = f"{f'{below:,}' if below else 'None'} of {n:,} prizes went to {whom} {behind_median(goal)}"
    rest = prizes.n_prizes - n
    return f"{said}; of {rest:,} more it is not known." if rest else f"{said}."


def shared_places_sentence(prizes: Prizes) -> str:
    """That ties made more winners than prizes asked for; empty where they did not."""
    n, asked = prizes.n_prizes, prizes.n_without_ties
    if n == asked:
        return ""
    return f"Reps with equal scores share the last place, so there are {pluralize(n, 'prize')} instead of {asked:,}."


def prizes_method(prizes: Prizes) -> str:
    """How the prizes are given, and how many winners were worse than the median of their own round."""
    known = prizes.goals_of_winners
    if not len(known):
        return PRIZES_METHOD
    below = int(known["below_median"].sum())
    return (
        f"{PRIZES_METHOD} Compared within each round, {below:,} of {pluralize(len(known), 'prize')} went to a rep "
        "worse than the median of that round."
    )


def winners_sentence(prizes: Prizes, names: Mapping[str, str], goal: Goal) -> str:
    """Winners who sell less than the median rep, with their prizes; empty when there are none."""
    wins = prizes.reps.set_index(REP)["wins"]
    named = [f"{names[rep]} ({wins[rep]})" for rep in prizes.winners_below]
    return f"Winners {behind_median(goal)}: {list_names(named, MOST_NAMES)}." if named else ""


def overall_sentence(overall: Prizes, names: Mapping[str, str], goal: Goal) -> str:
    """The best scores of all, when they are those of people who sell little or of too many; empty when they are not."""
    ranked = overall.reps.set_index(REP)["goal_rank"]
    named = [f"{names[rep]} ({ordinal(int(ranked[rep]))})" for rep in overall.winners_below]
    if not named:
        return ""
    if overall.n_prizes > 2 * overall.rule.top and not overall.rule.over_target:
        return f"{pluralize(overall.n_prizes, 'rep')} share the best scores: the scorecard cannot separate them."
    n = overall.n_prizes
    who = f"All {n} top scorers" if len(named) == n > 1 else f"{len(named)} of the {n} top scorers"
    return f"{who} {'is' if len(named) == 1 else 'are'} {behind_median(goal)}: {list_names(named, MOST_NAMES)}."


def forgotten_sentence(prizes: Prizes, names: Mapping[str, str]) -> str:
    """Who sold most and won nothing; empty when every best seller won something."""
    top = prizes.rule.top
    without = prizes.best_sellers_without(top)
    if not without:
        return _all_won(len(prizes.best_sellers(top))) if prizes.n_prizes else ""
    if (n_best := len(prizes.best_sellers(top))) == 1:
        return f"The best seller, {names[without[0]]}, never won."
    return f"Of the {n_best} best sellers, {list_names([names[rep] for rep in without], MOST_NAMES)} never won."


def _all_won(n_best: int) -> str:
    if n_best < 2:
        return "The best seller won at least once." if n_best else ""
    return f"Each of the {n_best} best sellers won at least once."


def called_in_sentence(called_in: pd.DataFrame, grain: Grain) -> str:
    """How many reprimands would have hit somebody who made the goal, as far as that is known."""
    unjust, n = int(called_in["unjust"].sum()), int(called_in["called_in"].sum())
    if n == 0:
        return "Nobody would have been reprimanded."
    judged = int(called_in["judged"].sum())
    if not judged:
        return f"There would have been {pluralize(n, 'reprimand')} for missing the scorecard."
    whom = f"reps who made the goal that {grain}" if unjust else f"a rep who made the goal that {grain}"
    count = f"{unjust:,}" if unjust else "None"
    said = f"{count} of {pluralize(judged, 'reprimand')} would have gone to {whom}"
    return f"{said}; of {n - judged:,} more it is not known." if n > judged else f"{said}."


def no_target(design: Design) -> str:
    """Why parts of a replay stay empty; empty when the goal has a target."""
    if design.required_goal.target is not None:
        return ""
    goal = design.required_goal.label or design.required_goal.measure
    return f"{goal} has no target, so reprimands and hits cannot be judged."


def no_weight(design: Design) -> str:
    """Why there is nothing to replay; empty when a KPI has a weight."""
    if any(share > 0 for share in design.shares().values()):
        return ""
    return "No KPI has a weight, so there is no score to replay. Give at least one KPI a weight."


def unjust_sentence(mostly: pd.DataFrame, names: Mapping[str, str], grain: Grain) -> str:
    """Who was mostly reprimanded despite making the goal; empty when nobody was. ``mostly`` as ``mostly_unjust``."""
    if mostly.empty:
        return ""
    rows = mostly.itertuples()
    named = [f"{names[row.rep]} in {row.unjust} of {row.periods} {grain}s" for row in rows]
    return f"Reprimanded despite making the goal: {list_names(named, MOST_NAMES)}."


def styles_sentence(guard: StyleComparison, goal: Goal) -> str:
    """Which style loses how many points to which KPI, or that none does."""
    if guard.styles.empty:
        return "Not enough difference in how reps sell to compare styles."
    if not guard.raised:
        return f"At equal {goal_words(goal)}, no way of selling clearly scores lower than another."
    worst = guard.styles.sort_values("taken").iloc[-1]
    return (
        f"The scorecard rewards one way of selling. At equal {goal_words(goal)}, reps who lead on {worst['style']} "
        f"score {short_number(worst['taken'])} points less. {guard.cause} accounts for "
        f"{'all' if guard.share >= 1 else percent(guard.share)} of the differences."
    )


def twins_words(guard: StyleComparison, goal: Goal) -> str:
    """What the pairs of reps are, over their table."""
    return (
        f"Pairs of reps with almost equal {goal_words(goal)}. The second rep leads on {guard.styles['style'].iloc[0]}."
    )


def styles_small_print(guard: StyleComparison) -> str:
    """How often chance makes such differences, and of how many reps; empty where styles were not compared."""
    if guard.styles.empty:
        return ""
    worst = guard.styles.sort_values("taken").iloc[-1]
    whom = f"{pluralize(int(worst['n_reps']), 'rep')} lead on {worst['style']}; " if guard.raised else ""
    return f"{whom}chance makes differences this large in {_chance(guard.p)} of reshuffles."


def _chance(p: float) -> str:
    return "less than 1%" if p < 0.01 else percent(p)


def stop_sentence(signal: StopSignal, design: Design, grain: Grain, in_fact: pd.Timestamp | None = None) -> str:
    """When the data showed that a KPI no longer predicts the goal, and how much earlier than the team acted."""
    goal = design.required_goal.label or design.required_goal.measure
    if signal.why == "too early":
        return f"It is too early to say whether {signal.kpi} predicts {goal}."
    if signal.why == "never shown":
        return f"The data never showed that {signal.kpi} predicts {goal} for one and the same rep."
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


def effort_sentence(hours: pd.DataFrame) -> str:
    """How many hours a week it takes a rep to hit every target, as far as is known."""
    counted_in = hours[hours["share"] > 0]
    known = counted_in[counted_in["hours_asked"].map(math.isfinite)]
    if known.empty:
        return "Enter the minutes that each unit of a KPI takes on the KPIs page to see the hours a week."
    rest = len(counted_in) - len(known)
    are = "is" if rest == 1 else "are"
    unknown = f" {pluralize(rest, 'KPI')} without minutes {are} not counted." if rest else ""
    hours = float(known["hours_asked"].sum())
    about = f"{hours:.0f}" if hours >= 1 else short_number(hours, 1)
    return f"Hitting every target takes a rep about {about} {'hour' if about == '1' else 'hours'} a week.{unknown}"
