"""The five figures that Replay leads with."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.scoring.replay.replay import Replay
from workbench.scoring.replay.replay_tables import known_effort
from workbench.scoring.replay.runs import count_outcome
from workbench.words.numbers import short_number
from workbench.words.replay import HITS, HOURS, LEFT, REPRIMANDED, REWARDED, behind_median, goal_words

UNKNOWN = "unknown"


@dataclass(frozen=True)
class LeadingFigure:
    """One of the few numbers that Replay leads with, and the part of the page that explains it."""

    label: str
    value: str
    part: str


def leading_figures(found: Replay) -> list[LeadingFigure]:
    """The cost of a scorecard in the team's own terms: at most five figures, unknown where they are not known."""
    design, grain = found.history.design, found.grain
    goal = goal_words(design.required_goal)
    prizes, called_in, known = found.prizes, found.called_in, known_effort(found.hours)
    missed, judged = count_outcome(found.outcomes)
    no_target = design.required_goal.target is None
    awards = f"{prizes.n_below_median:,} of {prizes.n_prizes:,}"
    reprimands = UNKNOWN if no_target else f"{called_in['unjust'].sum():,} of {called_in['called_in'].sum():,}"
    hours = UNKNOWN if known.empty else short_number(float(known["hours_asked"].sum()), 2)
    gone = [LeadingFigure("Reps who left", f"{len(found.leavers.reps):,}", LEFT)] if len(found.leavers.reps) else []
    return [
        LeadingFigure(
            f"{grain.capitalize()}s with the scorecard hit and {goal} missed",
            UNKNOWN if no_target or not judged else f"{missed} of {judged}",
            HITS,
        ),
        LeadingFigure(f"Prizes to reps {behind_median(design.required_goal)}", awards, REWARDED),
        LeadingFigure("Reprimands despite making the goal", reprimands, REPRIMANDED),
        *gone,
        LeadingFigure("Hours a week to hit every target", hours, HOURS),
    ]
