"""Who changes and with whom they are compared: by name, by group of the team list, or by a condition."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.data.model.panel import REP, Panel
from workbench.formula.value_choice import Choice, parse_choice
from workbench.trials.trial_file import EVERYBODY
from workbench.ui.trials.card_texts import CardFields
from workbench.words import trial_card as words
from workbench.words.markdown import plain


def people_fields(panel: Panel, at: CardFields) -> dict[str, Any]:
    """Both groups, side by side, as the trial file holds them."""
    first, second = st.columns(2)
    with first:
        treated = _people(panel, at, "treated", (words.BY_NAMES, words.BY_GROUP, words.EVERYBODY_CHANGES))
    with second:
        compared = _people(panel, at, "comparison", (words.EVERYBODY_ELSE, words.BY_NAMES, words.BY_GROUP))
    return {"treated": treated, "comparison": compared}


def _people(panel: Panel, at: CardFields, field: str, ways: tuple[str, ...]) -> Any:
    who = at.content.get(field)
    choice = parse_choice(who) if isinstance(who, str) else None
    known = choice is not None and choice.column in panel.attributes
    offered = [way for way in ways if way != words.BY_GROUP or panel.attributes]
    if isinstance(who, str) and who != EVERYBODY and not known:
        offered.append(words.BY_CONDITION)
    way = at.pressed(field, offered, first=_way_of(who, known, offered))
    if way == words.EVERYBODY_CHANGES:
        return EVERYBODY
    if way == words.EVERYBODY_ELSE:
        return None
    if way == words.BY_CONDITION:
        return at.text(f"{field}.condition", words.BY_CONDITION, written=str(who))
    if way == words.BY_NAMES:
        return _by_name(panel, at, field, who if isinstance(who, list) else ())
    return _by_group(panel, at, field, choice if known else None)


def _way_of(who: Any, known: bool, offered: list[str]) -> str:
    if who is None:
        return offered[0]
    if who == EVERYBODY:
        return words.EVERYBODY_CHANGES if words.EVERYBODY_CHANGES in offered else offered[0]
    if isinstance(who, str):
        return words.BY_GROUP if known else words.BY_CONDITION
    return words.BY_NAMES


def _by_name(panel: Panel, at: CardFields, field: str, who: Any) -> list[str]:
    """Names as shown; what is not in the data stays in the card, and the check names it."""
    strangers = {each: each for each in who if each not in at.names}
    real = {at.names.get(rep, rep): rep for rep in panel.reps[REP]} | strangers
    first = [at.names.get(each, each) for each in who]
    return [real[each] for each in at.several(f"{field}.names", list(real), first=first, label=words.BY_NAMES)]


def _by_group(panel: Panel, at: CardFields, field: str, choice: Choice | None) -> str | list[str]:
    attribute = at.select(f"{field}.attribute", list(panel.attributes), lambda each: each.replace("_", " "),
                          label=words.BY_GROUP, first=choice.column if choice else "")  # fmt: skip
    values = sorted(panel.reps[attribute].dropna().astype(str).unique())
    first = choice.values if choice and choice.column == attribute else ()
    chosen = at.several(f"{field}.{attribute}", values, first=first, label=plain(attribute.replace("_", " ")))
    return Choice(attribute, tuple(chosen)).formula() if chosen else []
