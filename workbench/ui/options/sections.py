"""Sections of the Options page: save the current design, list the options, compare several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from workbench.charts import options as charts
from workbench.data.library.data_sets import workspace_folder
from workbench.data.model.panel import Panel
from workbench.design import options as kept
from workbench.design import store
from workbench.design.model import Design
from workbench.design.options import Option
from workbench.errors import InputError
from workbench.scoring.compare import OptionOutcome, ranks_side_by_side
from workbench.ui.session import documents, state
from workbench.ui.session.navigation import page
from workbench.ui.session.saved_options import cached_option_outcome, is_among, labelled_options, load_option
from workbench.ui.session.saving import saving
from workbench.ui.session.trial_card import go_to_card
from workbench.ui.session.try_as_trial import card_for_scorecard
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.kept_until_line import show_kept_until
from workbench.ui.widgets.parts import how_computed, primary_label, quiet_label, show_issues, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import options as words
from workbench.words.designs import FILE_MISSING
from workbench.words.markdown import plain
from workbench.words.trials import TRY_IT

MOST = 4
MOST_ROWS, SCROLL = 40, 800


def show_options(options: Sequence[Option], design: Design) -> None:
    """One row per option: what it is, pin, open, delete; deleted ones can be put back."""
    labels = _shown_labels(options)
    for option in options:
        if not option.deleted:
            _row(option, labels[option.design], store.design_id(design))
    gone = [option for option in options if option.deleted]
    if gone:
        with st.popover(quiet_label(f"Deleted ({len(gone)})"), icon=":material/delete_sweep:", type="tertiary"):
            for option in gone:
                st.button(f"Restore “{plain(labels[option.design])}”", icon=":material/undo:", type="tertiary",
                          key=f"options.back.{option.design}", on_click=_change,
                          args=(option, "deleted", False))  # fmt: skip
                show_kept_until(option.deleted_at)


def _shown_labels(options: Sequence[Option]) -> dict[str, str]:
    return {kept_as: state.typed_text(label) for kept_as, label in words.option_labels(options).items()}


def _row(option: Option, label: str, now: str) -> None:
    design = load_option(option)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{plain(label)}**" + (" :blue-badge[open]" if option.design == now else ""))
            st.caption(plain(words.option_line(design, state.typed_text(option.note)) if design else FILE_MISSING))
        pin = "Unpin" if option.pinned else "Pin"
        st.button(primary_label(pin, option.pinned), icon=":material/keep:", key=f"options.pin.{option.design}",
                  on_click=_change, type="primary" if option.pinned else "secondary",
                  args=(option, "pinned", not option.pinned),
                  help="Pinned options are compared first.")  # fmt: skip
        st.button("Open", icon=":material/open_in_full:", key=f"options.open.{option.design}", on_click=_open_option,
                  args=(option, label), disabled=design is None or option.design == now)  # fmt: skip
        if st.button(TRY_IT, icon=":material/science:", key=f"options.trial.{option.design}", disabled=design is None):
            _try_as_trial(design, label)
        st.button("Delete", icon=":material/delete:", key=f"options.delete.{option.design}", on_click=_change,
                  args=(option, "deleted", True))  # fmt: skip


def _try_as_trial(option: Design | None, label: str) -> None:
    """Fill the card of a trial: half of the team is measured by this option."""
    panel, opened = state.current_panel(), state.current_entry()
    if option is None or panel is None or opened is None:
        return
    fields = card_for_scorecard(panel, state.current_design(), option, label)
    if fields is not None:
        go_to_card(opened.id, fields)


def show_comparison(panel: Panel, design: Design, options: Sequence[Option], names: Mapping[str, str]) -> None:
    """Two to four designs side by side: figures, then ranks."""
    found = _side_by_side(design, options)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading("Side by side", width="content")
        how_computed(words.METHOD)
        st.page_link(page("decide"), label=words.DECIDE, icon=":material/gavel:")
    first = _first_chosen(options, found)
    picked = st.pills("Compare", list(found), selection_mode="multi", default=first, wrap=True, format_func=plain,
                      key=f"options.compare.{panel.key}.{'-'.join(found)}", label_visibility="collapsed",
                      persist_state="session")  # fmt: skip
    chosen = [name for name in found if name in picked][:MOST]
    if len(chosen) < 2 or len(picked) > MOST:
        st.caption("Choose two to four designs.")
    if len(chosen) < 2:
        return
    outcomes = _outcomes(panel, {name: found[name] for name in chosen})
    if len(outcomes) < 2:
        return
    show_heading(plain(words.verdict_line(outcomes)), "subheader")
    if compared := words.compared_words(outcomes):
        st.caption(plain(compared))
    st.table(words.comparison_table(outcomes).rename(index=plain, columns=plain))
    ranked = {name: found for name, found in outcomes.items() if found.ranks_anybody}
    if len(ranked) > 1:
        ranks = ranks_side_by_side(ranked)
        st.caption(
            plain(
                f"Ranks from {next(iter(ranked))} to {list(ranked)[-1]}. Coloured lines gain or lose two ranks or more."
            )
        )
        with st.container(height=SCROLL if ranks["rep"].nunique() > MOST_ROWS else "content", border=False):
            show_chart(charts.bump_chart(ranks, names, text_colour()), alt=charts.bump_alt(ranks, names))


def _outcomes(panel: Panel, designs: Mapping[str, Design]) -> dict[str, OptionOutcome]:
    """Without those that do not fit the data, which are said."""
    found = {}
    for name, design in designs.items():
        try:
            found[name] = cached_option_outcome(panel, design)
        except InputError as error:
            show_issues(error.issues)
    return found


def _side_by_side(design: Design, options: Sequence[Option]) -> dict[str, Design]:
    """The current scorecard, the options as they were saved, then the open design; in this order whatever is chosen.

    The open design only where its rules are those of no other: two equal columns say nothing.
    """
    found = {state.typed_text(label): stored for label, stored in labelled_options(options).items() if stored}
    baseline = documents.current_scorecard()
    if baseline is not None:
        same = next((label for label, stored in found.items() if stored == baseline), words.CURRENT)
        found = {same: baseline} | found
    return found if is_among(design, found.values()) else found | {words.NOW: design}


def _first_chosen(options: Sequence[Option], found: Mapping[str, Design]) -> list[str]:
    """The first and the last design, and between them the pinned options, else the ones saved last."""
    labels = _shown_labels(options)
    pinned = {labels[option.design] for option in options if option.pinned and not option.deleted}
    first, *rest = found
    others = [name for name in rest if name in pinned or not pinned or name == rest[-1]]
    return [first, *others[1 - MOST :]]


def _open_option(option: Option, label: str) -> None:
    design = load_option(option)
    if design is not None:
        state.open_design(design, f"Option “{label}” opened")


def _change(option: Option, field: str, value: bool) -> None:
    if opened := state.current_entry():
        with saving():
            kept.update_option(workspace_folder(), opened.id, option.design, **{field: value})
