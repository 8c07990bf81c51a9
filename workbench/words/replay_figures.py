"""The five figures that Replay leads with."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.scoring.replay.replay import Replay
from workbench.scoring.replay.replay_tables import known_effort
from workbench.scoring.replay.runs import count_outcome
from workbench.words.numbers import short_number
from workbench.words.options import REPRIMANDS_DESPITE
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
    awards = _part(prizes.n_below_median, prizes.n_known, prizes.n_prizes)
    reprimands = _part(called_in["unjust"].sum(), called_in["judged"].sum(), called_in["called_in"].sum())
    hours = UNKNOWN if known.empty else short_number(float(known["hours_asked"].sum()), 2)
    gone = [LeadingFigure("Reps who left", f"{len(found.leavers.reps):,}", LEFT)] if len(found.leavers.reps) else []
    return [
        LeadingFigure(
            f"{grain.capitalize()}s with the scorecard hit and {goal} missed",
            _part(missed, judged, len(found.outcomes)),
            HITS,
        ),
        LeadingFigure(f"Prizes to reps {behind_median(design.required_goal)}", awards, REWARDED),
        LeadingFigure(REPRIMANDS_DESPITE, reprimands, REPRIMANDED),
        *gone,
        LeadingFigure("Hours a week to hit every target", hours, HOURS),
    ]


def _part(n: int, known: int, there: int) -> str:
    """``3 of 18``, of those where it is known; unknown where it is known of none of those that are there."""
    return f"{n:,} of {known:,}" if known else UNKNOWN if there else "none"
