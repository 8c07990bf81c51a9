"""The card of a trial: its fields, what they mean, and the texts that fill a first card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from workbench.formula.value_choice import parse_choice
from workbench.trials.same_data import can_still_claim, level_at
from workbench.trials.trial_file import EVERYBODY, REP_UNIT, Assignment, BetterWhen, TrialFile, Who
from workbench.words.lists import list_names
from workbench.words.panels import day_words

NEW, EDIT = "New trial", "Change the trial"
FIELDS: Mapping[str, str] = {
    "name": "Name", "change": "What changes", "measure": "Measure", "treated": "Who changes",
    "comparison": "Compared with", "start": "First day", "end": "Last day", "before": "History used",
    "assignment": "How they were picked", "unit": "What was picked", "looks": "Looks while it runs",
    "shared_pool": "Same leads for both", "side_effects": "Also check", "hypothesis": "What we expect",
    "stop_rule": "When we stop early", "owner": "Owner", "expected": "Expected effect",
    "smallest": "Smallest effect that matters", "cost_hours": "Hours a rep and month", "look_again": "Decide on",
}  # fmt: skip
HELP: Mapping[str, str] = {
    "measure": "The one number that decides. Everything else is a side effect.",
    "treated": "Reps whose work changes. Keep at least 4 reps as before.",
    "comparison": "Reps who work as before show what would have happened anyway.",
    "end": (
        "Leave it empty while the trial has no fixed end. Each month then counts as a look. The first year may use "
        "half of the 5% risk of a false claim. Each later year may use half of the rest."
    ),
    "before": "Each rep is compared with the same rep in these periods.",
    "assignment": "Drawn by lot is the fairest. Because of results: weak months are often followed by better ones.",
    "unit": "An office that changes as a whole counts as one, however many reps it has.",
    "looks": "How often somebody may look before the end. Each look costs certainty, also if fewer are named later.",
    "shared_pool": "Then the gain of one group may be the loss of the other.",
    "side_effects": "KPIs that must not suffer. All are judged together.",
    "smallest": "Per rep and month, in the unit of the measure. Empty: 10% of today's level.",
    "cost_hours": "Working time that the change costs each rep in a month.",
    "expected": "Per rep and month, in the unit of the measure.",
}
ASSIGNMENTS: Mapping[Assignment, str] = {
    "random": "Drawn by lot", "chosen": "By judgement", "chosen_on": "Because of results",
}  # fmt: skip
BY_NAMES, BY_GROUP, EVERYBODY_CHANGES, EVERYBODY_ELSE, BY_CONDITION = (
    "Names", "Group", "Everybody", "Everybody else", "Condition",
)  # fmt: skip
MORE = "More: side effects, owner, stop rule"
LOTS = "Draw by lot"
LOTS_HELP = "Lots are drawn among neighbours by past results, so that both groups start alike."
HOW_MANY, DRAW = "How many change", "Draw who changes"
WAVES_HELP = "Or all change in the end: draw who begins when. Those who still wait are the comparison."
WAVES, MONTHS_APART, DRAW_ORDER, ONE_START = "Waves", "Months between waves", "Draw the order", "One start for all"
MOST_LISTED = 12
SAVE, CANCEL, DOWNLOAD, OPEN_FILE = "Save the trial", "Cancel", "Download", "Open a trial file"
CARD, DOWNLOAD_HELP = "The card", "A trial file for another data set or the command line. It holds real names."
NO_NAME = "Give the trial a name."
NOBODY = "Choose who changes, or draw by lot."
NO_END = "no last day"
NOT_FOUND = "This trial is not here: it may have been removed."
BROKEN = "This trial no longer fits the data."
UNITS_REP = "single reps"
SAVED_MEANWHILE = "Somebody else has saved this trial since you opened it. Look at theirs, or save yours over it."
OPEN_THEIRS, SAVE_OVER = "Open theirs", "Save mine over it"
READY = "Ready to save: the answer follows at once."
AT_SAME_DATA = "Look at the same data"


def further_look_line(tries: int) -> str:
    """Before a card is saved that looks once more at data whose results are known."""
    return f"The results of these months are known, so this card is look {tries} at the same data. {look_needs(tries)}"


def look_needs(tries: int) -> str:
    """What a further look at the same data asks of an effect before it may be claimed."""
    if not can_still_claim(tries):
        return "These data can no longer prove an effect. Plan a trial on new months."
    return (f"The effect must be much clearer than at a first look: 1 in {1 / level_at(tries):,.0f} by chance, "
            f"not 1 in {1 / level_at(1):.0f}.")  # fmt: skip


def wave_line(day: dt.date, units: Sequence[str]) -> str:
    """``From 1 April 2025: Ana Ruiz and Bo Chen.``"""
    return f"From {day_words(day.isoformat())}: {list_names(list(units), MOST_LISTED)}."


def unit_label(unit: str) -> str:
    """What was assigned: single reps, or the groups of an attribute of the team list."""
    return UNITS_REP if unit == REP_UNIT else unit.replace("_", " ")


def assignment_label(assignment: str) -> str:
    """How those who change were picked."""
    return next(said for way, said in ASSIGNMENTS.items() if way == assignment)


def saved_toast(name: str) -> str:
    """What was done."""
    return f"Saved: {name}"


def removed_line(name: str) -> str:
    """What was removed, beside the way back."""
    return f"Removed: {name}."


def card_name_for(kpi: str, direction: BetterWhen) -> str:
    """The name of a trial of a KPI."""
    return f"Bring down {kpi}" if direction == "lower" else f"More {kpi}"


def card_change_for(kpi: str) -> str:
    """What a trial of a KPI changes."""
    return f"Half of the team works on {kpi}."


def card_hypothesis_for(kpi: str, goal: str, direction: BetterWhen) -> str:
    """What is expected of it; ``direction``: of the goal."""
    return f"Reps who work on {kpi} will {'bring down' if direction == 'lower' else 'have more'} {goal}."


def card_name_for_goal(goal: str, direction: BetterWhen) -> str:
    """The name of a first trial, before anybody said what changes."""
    return f"A change {'to bring down' if direction == 'lower' else 'for more'} {goal}"


def card_name_for_scorecard(option: str) -> str:
    """The name of a trial of a scorecard."""
    return f"Scorecard {option}"


def card_change_for_scorecard(option: str) -> str:
    """What a trial of a scorecard changes."""
    return f"Half of the team is measured by {option}, the other half as today."


def card_name_for_coaching(phase: str) -> str:
    """The name of a trial of coaching."""
    return f"Coaching of {phase}"


def card_hypothesis_for_coaching(phase: str) -> str:
    """What is expected of coaching."""
    return f"Coached reps will get more calls through {phase}."


def copy_name(name: str) -> str:
    """The name of a duplicate."""
    return f"{name} (copy)"


def lots_line(drawn: int, others: int, numbers: int) -> str:
    """How many were drawn, and by which dice, so that anybody can repeat it."""
    return f"{drawn} change, {others} work as before. Draw number {numbers}: the same number draws the same reps."


def drawn_line(drawn: int, others: int) -> str:
    """That the names on the card come from lots, and how many they are."""
    return f"These names were drawn by lot: {drawn} change, {others} work as before."


def card_lines(file: TrialFile) -> list[str]:
    """What the card says beside dates and groups; names in ``file`` are as shown."""
    said = {
        "Picked": ASSIGNMENTS[file.assignment], FIELDS["hypothesis"]: file.hypothesis, FIELDS["owner"]: file.owner,
        FIELDS["stop_rule"]: file.stop_rule, "Note": file.note,
        FIELDS["look_again"]: day_words(file.look_again.isoformat()) if file.look_again else None,
        FIELDS["looks"]: str(file.looks) if file.looks > 1 else None,
        AT_SAME_DATA: f"number {file.tries}" if file.tries > 1 else None,
        "Changed": who_words(file.treated),
        FIELDS["comparison"]: None if file.treated == EVERYBODY else who_words(file.comparison),
    }  # fmt: skip
    return [f"{label}: {text}" for label, text in said.items() if text]


def who_words(who: Who | None) -> str:
    """Names, a group in words, everybody, or the condition as it is written."""
    if who is None:
        return EVERYBODY_ELSE.lower()
    if who == EVERYBODY:
        return EVERYBODY
    if isinstance(who, tuple):
        return list_names(who, MOST_LISTED)
    choice = parse_choice(who)
    return f"{choice.column}: {list_names(choice.values, MOST_LISTED)}" if choice else who
