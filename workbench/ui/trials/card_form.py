"""The card of a trial: what changes for whom, checked while it is filled in, with every problem at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.errors import InputError, Issue, errors
from workbench.store.document_rows import StaleSaveError
from workbench.trials.check_trial import check_trial
from workbench.trials.plan_card import data_until, measure_choices
from workbench.trials.trial_file import MOST_BEFORE, MOST_LOOKS, REP_UNIT, TrialFile, parse_trial
from workbench.trials.trial_state import trial_state
from workbench.ui.session.cached_trials import cached_trial, measures_called
from workbench.ui.session.saving import saving
from workbench.ui.session.trial_card import TrialCard, close_card, keep_card
from workbench.ui.session.trial_link import open_trial
from workbench.ui.trials import changes
from workbench.ui.trials.before_start import show_detectable
from workbench.ui.trials.card_lots import show_drawn, show_lots, show_waves
from workbench.ui.trials.card_people import people_fields
from workbench.ui.trials.card_texts import CardFields
from workbench.ui.widgets.parts import primary_label, show_issues
from workbench.words import trial_card as words
from workbench.words.markdown import plain
from workbench.words.rep_names import without_rep_names
from workbench.words.trial_names import finding_as_shown, issue_as_shown
from workbench.words.trial_reasons import trial_warning_sentences

_TOLD = "trials.told_of"


def show_card(entry: DataSetEntry, panel: Panel, design: Design, card: TrialCard, names: dict[str, str]) -> None:
    """The form on the left, what is wrong with it and what it would find on the right, and the buttons below."""
    st.header(words.EDIT if card.key else words.NEW, anchor=False)
    left, right = st.columns([3, 2], gap="large")
    with left:
        fields = _fields(panel, design, CardFields(card, names))
    keep_card(card, fields)
    file, issues = _checked(fields, panel)
    with right:
        _show_check(panel, design, file, issues, names)
        if file is not None and not errors(issues):
            _show_further_look(entry, panel, card, fields)
    other = changes.saved_meanwhile(entry, card)
    told = other is not None and st.session_state.get(_TOLD) == (card.key, other.version)
    if other is not None and told:
        with left, st.container(horizontal=True, vertical_alignment="center"):
            st.warning(words.SAVED_MEANWHILE, icon=":material/group:")
            st.button(words.OPEN_THEIRS, key="trials.theirs", on_click=changes.edit_trial, args=(entry, other))
    with left, st.container(horizontal=True, vertical_alignment="center"):
        wrong = file is None or bool(errors(issues))
        label = words.SAVE_OVER if told else words.SAVE
        if st.button(primary_label(label, not wrong), type="primary", icon=":material/check:", key="trials.save",
                     disabled=wrong):  # fmt: skip
            if other is not None and not told:
                st.session_state[_TOLD] = (card.key, other.version)
                st.rerun()
            seen = other.version if other is not None else card.version
            _save(entry, panel, card, fields, names, seen if card.key else None)
        st.button(words.CANCEL, key="trials.cancel", on_click=close_card)
        if file is not None and not _hinders_draw(issues):
            show_lots(card, fields, panel, file)
    if file is not None:
        with left:
            if not _hinders_draw(issues):
                show_drawn(panel, file)
            show_waves(card, fields, file, names)


def _fields(panel: Panel, design: Design, at: CardFields) -> dict[str, Any]:
    choices = measure_choices(panel, design)
    labels = {each.formula: each.label for each in choices}
    out = dict(at.card.fields)
    first, second = st.columns(2)
    with first:
        out["name"] = at.text("name", max_chars=120)
    with second:
        measures = list(dict.fromkeys([*labels, *filter(None, [out.get("measure")])]))
        out["measure"] = at.select("measure", measures, lambda each: labels.get(each, each))
    if out["measure"] != at.card.fields.get("measure"):
        out["direction"] = next((each.direction for each in choices if each.formula == out["measure"]), "higher")
    out["change"] = at.text("change", max_chars=300)
    people = people_fields(panel, at)
    if any(people[field] != out.get(field) for field in people):
        out["kind"] = None  # what was judged by another kind had other people
    out |= people
    one, two, three = st.columns(3)
    with one:
        out["start"] = at.day("start", required=True)
    with two:
        out["end"] = at.day("end")
    with three:
        out["before"] = at.whole("before", 1, MOST_BEFORE, f"{words.FIELDS['before']}, {panel.grain}s")
    out["assignment"] = at.pressed("assignment", list(words.ASSIGNMENTS), words.assignment_label)
    one, two, three = st.columns(3, vertical_alignment="bottom")
    with one:
        out["unit"] = at.select("unit", [REP_UNIT, *panel.attributes], words.unit_label)
    with two:
        out["looks"] = at.whole("looks", 1, MOST_LOOKS)
    with three:
        out["shared_pool"] = at.switch("shared_pool")
    with st.expander(words.MORE):
        out |= _more(at, labels, out["measure"])
    return out


def _more(at: CardFields, labels: Mapping[str, str], measure: str) -> dict[str, Any]:
    chosen = at.card.fields.get("side_effects", ())
    offered = [each for each in dict.fromkeys([*labels, *chosen]) if each != measure]
    out: dict[str, Any] = {"side_effects": at.several("side_effects", offered, lambda each: labels.get(each, each))}
    out |= {field: at.text(field, max_chars=300) or None for field in ("hypothesis", "stop_rule", "owner")}
    one, two = st.columns(2)
    with one:
        out |= {field: at.number(field) for field in ("smallest", "expected")}
    with two:
        out["cost_hours"] = at.number("cost_hours")
        out["look_again"] = at.day("look_again")
    return out


def _checked(fields: Mapping[str, Any], panel: Panel) -> tuple[TrialFile | None, tuple[Issue, ...]]:
    """The card as a file, if it has the form of one, and everything that is wrong with it."""
    try:
        file = parse_trial(dict(fields), "")
    except InputError as error:
        if fields.get("name"):
            return None, error.issues
        lacking = tuple(each for each in error.issues if "name" in each.where.path)
        return None, (*lacking, *_checked({**fields, "name": words.NO_NAME}, panel)[1])
    return file, check_trial(file, panel, "")


def _hinders_draw(issues: tuple[Issue, ...]) -> bool:
    """Whether lots cannot be drawn: the measure cannot be computed, or the unit is none; other problems leave them."""
    wrong = errors(issues)
    return any(each.where.path[:1] == ("measure",) or each.code in ("unknown_unit", "trial_without_data")
               for each in wrong)  # fmt: skip


def _show_check(
    panel: Panel, design: Design, file: TrialFile | None, issues: tuple[Issue, ...], names: Mapping[str, str]
) -> None:
    """Every problem at once; of a sound card that has not begun, which effect it would find and what calls for care."""
    told = [each for each in issues if each.code != "bad_value" or "name" not in each.where.path]
    if len(told) < len(issues):
        st.info(words.NO_NAME, icon=":material/edit:")
    if file is not None and file.treated == ():
        st.info(words.NOBODY, icon=":material/group_add:")
        return
    show_issues(issue_as_shown(each, names) for each in told)
    if file is None or errors(issues):
        return
    today = dt.date.today()
    if trial_state(file, data_until(panel, today), today) != "planned":
        st.success(words.READY, icon=":material/check:")
        return
    found = finding_as_shown(cached_trial(panel, file, design), names, measures_called(panel, design))
    show_detectable(found)
    for said in trial_warning_sentences(found):
        st.warning(plain(said), icon=":material/warning:")


def _show_further_look(entry: DataSetEntry, panel: Panel, card: TrialCard, fields: dict[str, Any]) -> None:
    """Say before it is saved that a card looks once more at data whose results are known."""
    with saving():
        tries = changes.as_kept(entry, panel, fields, card.save_as).tries
        if tries > 1:
            st.warning(words.further_look_line(tries), icon=":material/visibility:")


def _save(
    entry: DataSetEntry, panel: Panel, card: TrialCard, fields: dict[str, Any], names: Mapping[str, str],
    seen: int | None,
) -> None:  # fmt: skip
    """Save what was typed; where somebody else was quicker by a moment, the page tells it instead."""
    try:
        key = changes.keep_trial(entry, panel, fields, card.save_as, seen)
    except StaleSaveError as stale:
        st.session_state[_TOLD] = (card.key, stale.theirs.version.number if stale.theirs.version else 0)
        st.rerun()
    if key:
        close_card()
        open_trial(key)
        changes.tell_saved(without_rep_names(fields["name"], names))
    st.rerun()
