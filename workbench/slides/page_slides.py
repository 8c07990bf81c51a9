"""One slide for each page, from the page's own numbers, words and charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from workbench.charts.coverage import coverage_alt, coverage_grid_chart
from workbench.charts.detectable import detectable_alt, detectable_chart
from workbench.charts.driver_tree import tree_alt, tree_chart
from workbench.charts.in_force import in_force_alt, in_force_chart
from workbench.charts.link_strip import verdict_links_alt, verdict_links_chart
from workbench.charts.options import bump_alt, bump_chart
from workbench.charts.palette import VERDICTS, kpi_colours
from workbench.charts.phase_strip import phase_spread_rows, phase_strip_alt, phase_strip_chart, reachable_rows
from workbench.charts.replay import outcomes_alt, outcomes_chart, prizes_alt, prizes_chart
from workbench.charts.share_bars import share_bars_alt, share_bars_chart
from workbench.charts.standing import places_alt, places_chart
from workbench.charts.suspect_share import suspect_share_alt, suspect_share_chart, suspect_share_rows
from workbench.charts.team_goal import team_goal_alt, team_goal_chart
from workbench.charts.trial_course import trial_course_alt, trial_course_chart
from workbench.charts.wall import MOST_NAMED
from workbench.charts.weights import influence_alt, influence_chart
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import REP, Panel
from workbench.design.decisions import Decision
from workbench.design.driver_tree import TreeCard
from workbench.design.in_force import InForceSpan
from workbench.design.model import Design, Goal
from workbench.evidence.report import Evidence
from workbench.integrity.flags import Flags
from workbench.integrity.suspect_counts import SuspectCounts
from workbench.integrity.suspect_share import standing_out, strongest_checks
from workbench.phases.coaching_plan import Coaching
from workbench.phases.phase_findings import PhaseFindings
from workbench.scoring.compare import OptionOutcome, ranks_side_by_side
from workbench.scoring.preview import Preview
from workbench.scoring.replay.replay import Replay
from workbench.scoring.replay.replay_tables import weighted_outcomes
from workbench.scoring.team_goal import team_goal, team_goal_by_period
from workbench.slides.slide import Slide
from workbench.trials.trial_finding import TrialFinding
from workbench.weights.weight_impact import WeightImpact
from workbench.words.coaching import coaching_lead
from workbench.words.decisions import decide_slide_sentence
from workbench.words.evidence import card_reason, verdicts_sentence
from workbench.words.integrity import CHECKS, integrity_headline
from workbench.words.kpis import goal_name, team_reached_sentence, unit_of_goal
from workbench.words.lists import list_names
from workbench.words.numbers import pluralize
from workbench.words.options import verdict_line
from workbench.words.panels import panel_span
from workbench.words.preview import leading_sentences
from workbench.words.replay import no_target, prizes_sentence
from workbench.words.replay_headline import replay_headline
from workbench.words.trials import trial_headline
from workbench.words.weights_matter import furthest_influence_sentence, influence_warnings

MOST_KPIS = 5


def start_slide(panel: Panel, goal: Goal, ink: str) -> Slide:
    """Where the team is: its goal by period."""
    name = goal_name(goal, panel)
    reached = team_goal(panel, goal)
    sentence = (
        team_reached_sentence(reached, goal, panel.grain)
        if reached
        else f"The one result this team exists for: {name}."
    )
    sums = team_goal_by_period(panel, goal)
    if sums is None or sums.empty:
        return Slide(sentence)
    chart = team_goal_chart(sums, name, unit_of_goal(goal, panel), panel.grain, ink)
    return Slide(sentence, chart, team_goal_alt(sums, name, panel.grain))


def data_slide(panel: Panel, measure: str, names: Mapping[str, str]) -> Slide:
    """Who is in the data, and when."""
    n_reps = panel.frame[REP].nunique()
    sentence = f"We look at {pluralize(n_reps, 'rep')}, {panel_span(panel)}."
    return Slide(sentence, coverage_grid_chart(panel, measure, names), coverage_alt(panel, measure, names), n_reps)


def goal_slide(
    nodes: Sequence[TreeCard], details: Mapping[str, str], colours: Mapping[str, str], verdicts: Mapping[str, str],
    ink: str,
) -> Slide:  # fmt: skip
    """What must happen for the goal to happen: the driver tree; ``verdicts`` by KPI name colour its lines."""
    first = [node.name for node in nodes if node.depth == 1]
    what = list_names(first, MOST_KPIS) if first else "nothing yet"
    lines = {node.key: VERDICTS[verdicts[node.name]] for node in nodes if node.name in verdicts}
    chart = tree_chart(nodes, details, colours, "", ink, lines)
    return Slide(f"What must happen for {nodes[0].name} to happen? Today we say: {what}.", chart, tree_alt(nodes))


def integrity_slide(counts: SuspectCounts, flags: Flags, ink: str, *, with_lines: bool = True) -> Slide:
    """Whether anything needs a conversation, by the strongest check; lines of reps have no names, or are not drawn."""
    sentence, there = integrity_headline(flags), counts.checks
    order = [check for check in (*strongest_checks(flags), *standing_out(flags), *there) if check in there]
    if not order or not flags.n_judged:
        return Slide(sentence)
    check = order[0]
    rows = suspect_share_rows(counts.frame, check)
    flagged = [flag.rep for flag in flags.named if any(key.check == check for key in flag.keys) and with_lines]
    nobody = {rep: f"rep {place}" for place, rep in enumerate(flagged, start=1)}
    chart = suspect_share_chart(rows, flagged, nobody, CHECKS[check], ink, named=False)
    return Slide(sentence, chart, suspect_share_alt(rows, flagged, nobody, CHECKS[check]))


def coaching_slide(found: PhaseFindings, coaching: Coaching, ink: str) -> Slide:
    """Which phase to coach first, over the spread at every phase; dots without names."""
    step = coaching.plan[0] if coaching.plan else None
    coached = [one.rep for one in step.coached] if step else []
    rows = phase_spread_rows(found, coached, None, step.phase if step else "").drop(columns="name").assign(name="a rep")
    chart = phase_strip_chart(rows.assign(label=""), reachable_rows(found), ink, named=False)
    return Slide(coaching_lead(found, coaching), chart, phase_strip_alt(found, rows))


def trials_slide(found: TrialFinding, ink: str) -> Slide:
    """What may be said of a trial, over both groups' lines; groups alone, nobody is named."""
    sentence = trial_headline(found)
    if found.course is not None:
        return Slide(sentence, trial_course_chart(found, ink), trial_course_alt(found))
    if found.detectable:
        return Slide(sentence, detectable_chart(found, ink), detectable_alt(found))
    return Slide(sentence)


def kpis_slide(design: Design, shares: Mapping[str, float], grain: str, ink: str) -> Slide:
    """How often each KPI's target was hit; ``shares`` by KPI name, NaN where it is not known."""
    title = f"rep-{grain}s that hit the target"
    known = {name: share for name, share in shares.items() if share == share}
    rarest = min(known, key=known.__getitem__, default=None)
    sentence = f"We count {pluralize(len(design.kpis), 'KPI')}." + (
        f" The target of {rarest} is the hardest to hit." if len(known) > 1 else ""
    )
    colours = kpi_colours(design.kpis)
    return Slide(sentence, share_bars_chart(shares, colours, title, ink), share_bars_alt(shares, title))


def preview_slide(
    seen: Preview, names: Mapping[str, str], ink: str, *, grain: Grain = "month", goal_inside: bool = False
) -> Slide:
    """The ranking beside what the reps sold; ``goal_inside``: the score counts what makes the goal."""
    aim = seen.history.design.required_goal
    goal = goal_name(aim)
    sentence = leading_sentences(seen.awards, seen.n_ranked, seen.agreement, aim, grain, goal_inside)[0]
    if seen.n_ranked < 2 or not seen.awards.goal_known:
        return Slide(sentence)
    named = seen.n_ranked <= MOST_NAMED
    chart = places_chart(seen.standing, seen.awards, names, goal, ink, named=named)
    return Slide(sentence, chart, places_alt(seen.standing, seen.awards, names, goal), seen.n_ranked)


def weights_slide(found: WeightImpact, design: Design, ink: str) -> Slide:
    """What each weight does to the ranking."""
    on = found.weighted_influence
    said = [*influence_warnings(on), furthest_influence_sentence(on)]
    colours = kpi_colours(design.kpis)
    return Slide(said[0], influence_chart(on, colours, ink), influence_alt(on))


def options_slide(outcomes: Mapping[str, OptionOutcome], names: Mapping[str, str], ink: str) -> Slide:
    """Two designs: what the second does better or worse, and who changes places. Both rank somebody."""
    ranks = ranks_side_by_side(dict(outcomes))
    chart = bump_chart(ranks, names, ink)
    return Slide(verdict_line(outcomes), chart, bump_alt(ranks, names), ranks[REP].nunique())


def replay_slide(found: Replay, names: Mapping[str, str], ink: str) -> Slide:
    """The run of hit KPIs and missed goals, else the prizes."""
    if found.runs and not no_target(found.history.design):
        return outcomes_slide(found, replay_headline(found))
    return prizes_slide(found, names, ink)


def outcomes_slide(found: Replay, sentence: str) -> Slide:
    """The calendar of KPIs hit and goals missed below a sentence."""
    shown = weighted_outcomes(found.outcomes, found.history.design)
    return Slide(sentence, outcomes_chart(shown, found.grain), outcomes_alt(shown, found.grain))


def prizes_slide(found: Replay, names: Mapping[str, str], ink: str) -> Slide:
    """Who would have won prizes, and what they sold."""
    goal, unit = found.history.design.required_goal, found.history.design.required_goal.unit
    reps = found.prizes.reps
    n_shown = int(((reps["wins"] > 0) | (reps["goal_rank"] <= found.prizes.rule.top)).sum())
    chart = prizes_chart(found.prizes, names, goal_name(goal), unit, ink)
    return Slide(prizes_sentence(found.prizes, goal), chart, prizes_alt(found.prizes, names), n_shown)


def evidence_slide(found: Evidence) -> Slide:
    """The verdicts, each with the link behind it."""
    facts = {one.kpi: card_reason(one).fact for one in found.kpis}
    return Slide(verdicts_sentence(found), verdict_links_chart(found, facts), verdict_links_alt(found, facts))


def decide_slide(
    standing: Sequence[Decision], spans: Sequence[InForceSpan], panel: Panel, goal: Goal, today: dt.date, ink: str
) -> Slide:
    """What is in force and when it is reviewed, over the course of the goal; that alone before the first decision."""
    sentence, name = decide_slide_sentence(standing, spans, today), goal_name(goal, panel)
    sums = team_goal_by_period(panel, goal)
    if spans:
        chart = in_force_chart(sums, spans, name, unit_of_goal(goal, panel), panel.grain, ink)
        return Slide(sentence, chart, in_force_alt(sums, spans, name, panel.grain))
    if sums is None or sums.empty:
        return Slide(sentence)
    chart = team_goal_chart(sums, name, unit_of_goal(goal, panel), panel.grain, ink)
    return Slide(sentence, chart, team_goal_alt(sums, name, panel.grain))
