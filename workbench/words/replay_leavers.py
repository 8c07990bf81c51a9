"""What those who left had sold, and how the scorecard had treated them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from workbench.data.model.dataset import Grain
from workbench.design.model import Goal
from workbench.scoring.replay.leavers import Leavers
from workbench.words.numbers import CURRENCIES, percent, pluralize, short_number, with_unit
from workbench.words.replay import goal_words


def leavers_sentence(found: Leavers, goal: Goal, grain: Grain) -> str:
    """What the leavers had sold and how they were scored, beside those who stayed, as far as it is known."""
    left, stayed = found.left, found.stayed
    said = [f"In their last {grain}s, {pluralize(len(found.reps), 'leaver')} {_did(left, goal, f' a {grain}')}."]
    if stayed["n"]:
        said.append(f"Those who stayed {_did(stayed, goal)}.")
    if left["n_judged"]:
        beside = f", those who stayed in {_unsung(stayed)}" if stayed["n_judged"] else ""
        said.append(f"The leavers made the goal but missed the score in {_unsung(left, f' rep-{grain}s')}{beside}.")
    return " ".join(said)


def _did(whose: Mapping[str, float], goal: Goal, every: str = "") -> str:
    """``sold $21k a month and scored 88``; of a goal that is no money ``reached 4 deals``, of one to avoid ``had``."""
    money = (goal.unit or "").split(" ")[0] in CURRENCIES
    verb = "had" if goal.direction != "higher" else "sold" if money else "reached"
    named = f" of {goal_words(goal)}" if verb == "had" else ""
    made = f"{verb} {with_unit(whose['goal'], goal.unit)}{every}{named}" if math.isfinite(whose["goal"]) else ""
    score = f"scored {short_number(whose['score'])}" if math.isfinite(whose["score"]) else ""
    return " and ".join(filter(None, [made, score])) or "have no figures"


def _unsung(whose: Mapping[str, float], what: str = "") -> str:
    return f"{percent(whose['unsung_share'])} of {whose['n_judged']:,.0f}{what}"
