"""Choose among designs with their figures side by side, and record the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.data.model.panel import Panel
from workbench.design import store
from workbench.design.decisions import Considered, Decision, DecisionLog, new_record_id, parse_dissent
from workbench.design.in_force import in_force_at
from workbench.design.model import Design
from workbench.errors import InputError
from workbench.scoring.compare import OptionOutcome
from workbench.scoring.known_figures import freeze_data, freeze_figures
from workbench.ui.session import decision_log, documents
from workbench.ui.session.navigation import page
from workbench.ui.session.saved_options import (
    cached_option_outcome,
    is_among,
    labelled_options,
    newest_label,
    saved_options,
)
from workbench.ui.session.saving import saving
from workbench.ui.widgets.export_menu import show_export_menu
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import how_computed, primary_label, show_issues
from workbench.words import decisions as words
from workbench.words import options as option_words
from workbench.words.markdown import plain

MOST, REVIEW_AFTER = 4, dt.timedelta(days=91)
ANY_DAY = (dt.date(1900, 1, 1), dt.date(2199, 12, 31))
"""A date further from the one shown than ten years would be put back to it without a word."""
_TURN = "decide.turn"


def candidates(design: Design) -> dict[str, Design]:
    """The designs to choose from by name: what is in force, the saved options, and the open design.

    None twice, and the open design only where its rules are those of no other.
    """
    found: dict[str, Design] = {}
    current = documents.current_scorecard()
    baseline = words.IN_FORCE_NAME if decision_log.decided_scorecard() else option_words.CURRENT
    try:
        options = labelled_options(saved_options())
    except InputError as error:
        show_issues(error.issues)
        options = {}
    for label, each in ((words.own_label(baseline, current), current), *options.items()):
        if each is not None and each not in found.values() and each.goal is not None and each.total_weight:
            found[label] = each
    if design.goal is not None and design.total_weight and not is_among(design, found.values()):
        found[words.own_label(option_words.NOW, design)] = design
    return found


def show_choice(panel: Panel, design: Design, log: DecisionLog) -> None:
    """Which design, its figures beside the others', and the form of the record."""
    outcomes = _outcomes(panel, candidates(design))
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading(words.CHOOSE, width="content")
        how_computed(option_words.METHOD)
    if not outcomes:
        st.info(option_words.EMPTY, icon=":material/bookmark:")
        return
    labels = list(outcomes)
    ids = "-".join(store.design_id(each) for each, _ in outcomes.values())
    newest = _newest_option()
    first = newest if newest in labels else labels[-1]
    chosen = st.pills("Decide for", labels, default=first, required=True, wrap=True,
                      format_func=lambda label: plain(decision_log.shown_text(panel, label)),
                      key=f"decide.chosen.{panel.key}.{ids}", persist_state="session")  # fmt: skip
    others = [label for label in labels if label != chosen]
    shown = [label for label in labels if label == chosen or label in others[: MOST - 1]]
    beside = {decision_log.shown_text(panel, label): outcomes[label][1] for label in shown}
    if len(beside) == 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(words.ONLY_ONE, width="content")
            st.page_link(page("options"), label="Save options", icon=":material/bookmarks:")
    else:
        pair = {decision_log.shown_text(panel, label): outcomes[label][1] for label in (others[0], chosen)}
        show_heading(plain(option_words.verdict_line(pair)), "subheader")
        if compared := option_words.compared_words(pair):
            st.caption(plain(compared))
    st.table(option_words.comparison_table(beside).rename(index=plain, columns=plain))
    with st.container(horizontal=True, vertical_alignment="center"):
        exported = outcomes[chosen][0]
        called = exported.model_copy(update={"name": _own_name(chosen, exported)})
        show_export_menu(panel, called, "decide")
    _show_form(panel, chosen, {label: outcomes[label] for label in [chosen, *others]}, log)


def _newest_option() -> str:
    try:
        return newest_label(saved_options())
    except InputError:  # said above the choice
        return ""


def _outcomes(panel: Panel, designs: Mapping[str, Design]) -> dict[str, tuple[Design, OptionOutcome]]:
    """Without the designs that do not fit the data, which are said."""
    found = {}
    for label, each in designs.items():
        try:
            found[label] = each, cached_option_outcome(panel, each)
        except InputError as error:
            show_issues(error.issues)
    return found


def _show_form(
    panel: Panel, chosen: str, outcomes: Mapping[str, tuple[Design, OptionOutcome]], log: DecisionLog
) -> None:
    turn, today = st.session_state.get(_TURN, 0), decision_log.today()
    first = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    now = in_force_at(log, today)  # no minimum of the widget: it would put another date in place of a refused one
    with st.form("decide.record"):
        left, right = st.columns([3, 2], gap="medium")
        why = left.text_area(words.FIELDS["why"], max_chars=1000, height=90, key=f"decide.why.{turn}")
        dissent = left.text_area(words.FIELDS["dissent"], max_chars=2000, height=90, key=f"decide.dissent.{turn}",
                                 placeholder=words.DISSENT_HINT, help=words.DISSENT_HELP)  # fmt: skip
        expects = left.text_input(words.FIELDS["expects"], max_chars=300, key=f"decide.expects.{turn}")
        by = right.text_input(words.FIELDS["by"], max_chars=120, key=f"decide.by.{turn}")
        start = right.date_input(words.FIELDS["in_force"], first, *ANY_DAY, key=f"decide.from.{turn}",
                                 format="YYYY-MM-DD")  # fmt: skip
        review = right.date_input(words.FIELDS["review"], first + REVIEW_AFTER, *ANY_DAY, key=f"decide.review.{turn}",
                                  format="YYYY-MM-DD")  # fmt: skip
        given = st.form_submit_button(primary_label(words.RECORD), type="primary", icon=":material/gavel:")
    if not given:
        return
    if not why.strip():
        st.warning(words.MISSING_WHY)
    elif not isinstance(start, dt.date) or not isinstance(review, dt.date) or review <= start:
        st.warning(words.REVIEW_FIRST)
    elif now is not None and start < now.in_force:  # it would never count
        st.warning(plain(words.too_early_sentence(now)))
    else:
        design = outcomes[chosen][0]
        with saving():
            made = Decision(
                id=new_record_id(), decided=decision_log.moment_now(), by=by.strip(),
                design=store.save_design(workspace_folder(), design), chosen=design, why=why.strip(),
                expects=expects.strip(), dissent=parse_dissent(dissent), in_force=start, review=review,
                data=freeze_data(panel), considered=_considered(outcomes),
            )  # fmt: skip
            record_and_say(panel, made, log)


def record_and_say(panel: Panel, made: Decision, log: DecisionLog) -> None:
    """Write a decision, draw the page anew and say what was recorded; the form keeps its text where it cannot be."""
    if not decision_log.record_decision(made):
        return
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state["decide.said"] = decision_log.shown_text(panel, words.recorded_words(made))
    today = decision_log.today()
    yesterday = today - dt.timedelta(days=1)
    before = in_force_at(log, yesterday)
    if made.in_force < today and before is not None and before.decided.date() < today:
        st.session_state["decide.past"] = words.past_kept_sentence(before.called, yesterday)
    st.rerun()


def _considered(outcomes: Mapping[str, tuple[Design, OptionOutcome]]) -> tuple[Considered, ...]:
    """The chosen design first."""
    return tuple(
        Considered(design=store.save_design(workspace_folder(), each), name=_own_name(label, each),
                   known=freeze_figures(outcome))
        for label, (each, outcome) in outcomes.items()
    )  # fmt: skip


def _own_name(label: str, design: Design) -> str:
    """The name of an option as it was saved; of what was open or in force, the design's own."""
    kinds = (option_words.NOW, option_words.CURRENT, words.IN_FORCE_NAME)
    return design.name if label in [words.own_label(kind, design) for kind in kinds] else label
