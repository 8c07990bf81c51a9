"""The one sentence that people repeat about a replay."""

from __future__ import annotations

from workbench.scoring.replay.replay import Replay
from workbench.scoring.replay.runs import group_same_periods
from workbench.words.replay import called_in_sentence, prizes_sentence, runs_sentence


def replay_headline(found: Replay) -> str:
    """The longest run of hit and missed, else the prizes, else the reprimands."""
    design = found.history.design
    if found.runs:
        return runs_sentence(group_same_periods(found.runs)[0], design, found.grain)
    if found.prizes.n_below_median:
        return prizes_sentence(found.prizes, design.required_goal)
    return called_in_sentence(found.called_in, found.grain)
