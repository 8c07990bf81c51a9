"""Words of the design menu: a saved design in a line, and what happened to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.design.design_changes import DesignChange
from workbench.design.model import Design, WeightsFrom
from workbench.store.rights import NOT_ALLOWED
from workbench.words.kpis import goal_name
from workbench.words.lists import list_names
from workbench.words.markdown import plain
from workbench.words.numbers import percent, pluralize
from workbench.words.times import moment
from workbench.words.weights import CAME_FROM

MOST_KPIS = 4
NEW_HELP = "Goal, KPIs and weights from the start. The open design stays as it is."
SCORECARD = "Use as current scorecard"
SCORECARD_HELP = "Preview and Options compare other designs with the current scorecard."
IS_SCORECARD = "This is the current scorecard. Preview and Options compare other designs with it."
SCORECARD_DECIDED = "The current scorecard is the design in force on Decide."
LINK_HELP = "Opens this data set, this design and, where names are hidden, hides them there too."
LINK_NOT_SHARED = "Only who may see this design already can open the link: you may not share it."
REASONS = "Reasons for the weights …"
NO_REASONS = "No reason recorded for these weights. Find weights on Preview to record one."
FILE_MISSING = "Its file is missing. Delete this entry, or import the design again."
NO_DESIGNS = "No saved design yet. Every change of a design is saved here by itself."


def unsaved_sentence(why: str) -> str:
    """``Nothing can be saved on this machine now (No space left on device). You can go on, …``"""
    if why == NOT_ALLOWED:
        return "Your role does not allow this change, so nothing was saved. Ask an admin."
    return (
        f"Nothing can be saved on this machine now ({plain(why)}). You can go on, but changes last only as long as "
        "this tab. Once it can save again, your next click saves them."
    )


def design_line(design: Design | None, changed: str, zone: str | None = None) -> str:
    """What a saved design is about, and when it was changed: ``Sales: Quotes, Meetings — 30 November 2026, 14:05``."""
    if design is None:
        return FILE_MISSING
    kpis = list_names([kpi.name for kpi in design.kpis], MOST_KPIS) if design.kpis else "no KPI yet"
    about = f"{goal_name(design.goal)}: {kpis}" if design.goal else pluralize(len(design.kpis), "KPI")
    return " — ".join(filter(None, [about, moment(changed, zone)]))


def weights_lines(design: Design) -> list[str]:
    """The reasons of the weights, the latest first: ``Set by swing: Quotes before Dials — Quotes 75% · Dials 25%``."""
    kept = [*design.weights_before, *filter(None, [design.weights_from])]
    return [_weights_line(each) for each in reversed(kept)]


def _weights_line(kept: WeightsFrom) -> str:
    total = sum(weight for _, weight in kept.weights)
    shares = " · ".join(f"{name} {percent(weight / total)}" for name, weight in kept.weights if total and weight)
    origin = CAME_FROM[kept.way]
    reason = f"{origin[0].upper()}{origin[1:]}" + (f": {kept.note}" if kept.note else "")
    return f"{reason} — {shares}" if shares else reason


def name_problem(name: str, taken: bool) -> str:
    """Why a design cannot have this name; empty when it can."""
    if not name.strip():
        return "Type a name."
    return "Another design has this name. Choose a different one." if taken else ""


def deleted_sentence(name: str, now: str) -> str:
    """What was deleted, and which design is open instead."""
    return f"“{name}” was deleted, and “{now}” is open now. Undo brings it back."


def apart_sentence(name: str, own: str) -> str:
    """Somebody else has changed the same design."""
    return f"“{name}” was changed in another tab. What you see here is now saved as “{own}”."


OPEN_THEIRS, SAVE_OVER, KEEP_BOTH = "Open theirs", "Save mine over it", "Keep both"
CHANGED_THERE = "Changed there:"
MOST_CHANGES = 4


def change_sentences(changes: Sequence[DesignChange]) -> list[str]:
    """``Dials weighs 50 instead of 30.`` for each change of a design, the most important first; then how many more."""
    told = [_CHANGES[each.what](each) for each in changes[:MOST_CHANGES]]
    more = len(changes) - len(told)
    return [*told, f"And {pluralize(more, 'other change')}."] if more else told


_CHANGES: dict[str, Callable[[DesignChange], str]] = {
    "name": lambda each: f"The design is called “{each.name}”.",
    "goal": lambda each: "The goal was changed.",
    "rules": lambda each: "The scoring rules were changed.",
    "notes": lambda each: "The reasons were changed.",
    "added": lambda each: f"{each.name} was added.",
    "removed": lambda each: f"{each.name} was removed.",
    "weight": lambda each: f"{each.name} weighs {each.after:g} instead of {each.before:g}.",
    "kpi": lambda each: f"{each.name} was edited.",
}


def file_name(name: str) -> str:
    """The name of a design as the name of its file."""
    return "".join(letter if letter.isalnum() else "-" for letter in name).strip("-").lower() or "design"
