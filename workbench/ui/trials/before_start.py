"""Before a trial starts: which effect it would find, and who should change, drawn by lot."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.charts.detectable import detectable_alt, detectable_chart, detectable_rows
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.trials.plan_card import draw_lots, is_this_draw, with_drawn
from workbench.trials.trial_file import REP_UNIT, trial_json
from workbench.trials.trial_finding import TrialFinding
from workbench.ui.session.cached_trials import JudgedTrial
from workbench.ui.trials import changes
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import primary_label, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words import trial_card as card_words
from workbench.words import trial_planning as words
from workbench.words.lists import list_names
from workbench.words.markdown import plain
from workbench.words.rep_names import without_rep_names
from workbench.words.trial_reasons import trial_warning_sentences

_N, _SEED = "trials.draw.n", "trials.draw.seed"


def show_before_start(entry: DataSetEntry, panel: Panel, one: JudgedTrial, names: dict[str, str]) -> None:
    """The smallest effect found as a curve, and for a planned trial a draw to use."""
    found = one.found
    if found is None:
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_detectable(found)
    with right:
        if one.state == "planned":
            _show_draw(entry, panel, one, names)
            for said in trial_warning_sentences(found):
                st.warning(plain(said), icon=":material/warning:")
        else:
            st.markdown("The trial has begun: who changes is no longer a choice. A duplicate can be drawn by lot.")


def show_detectable(found: TrialFinding) -> None:
    """The smallest effect that the trial would find, as a sentence and as a curve over its length."""
    for said in words.planning_sentences(found):
        st.markdown(plain(said))
    if not detectable_rows(found).empty:
        show_chart(detectable_chart(found, text_colour()), alt=detectable_alt(found))
        st.caption(words.DETECTABLE_CAPTION)


def _show_draw(entry: DataSetEntry, panel: Panel, one: JudgedTrial, names: dict[str, str]) -> None:
    file = one.kept.file
    show_heading(words.PROPOSE_AGAIN if file.drawn else words.PROPOSE, "subheader")
    st.caption(words.DRAWN_ALREADY if file.drawn else words.PROPOSE_HELP)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = st.number_input("Draw number", 1, 9999, 1, key=f"{_SEED}.{one.kept.key}", width=140)
        first = draw_lots(panel, file, None, int(seed))
        if first is None:
            return
        n_units = len(first.treated) + len(first.comparison)
        default = min(max(len(first.treated), 1), n_units - 1)
        n = st.number_input("How many change", 1, n_units - 1, default, key=f"{_N}.{one.kept.key}", width=160)
    drawn = draw_lots(panel, file, int(n), int(seed)) or first
    shown = names if file.unit == REP_UNIT else {}
    rows = [
        (place, list_names([shown.get(each, each) for each in stratum if each in drawn.treated]) or "–",
         list_names([shown.get(each, each) for each in stratum if each not in drawn.treated]) or "–")
        for place, stratum in enumerate(drawn.strata, start=1)
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(rows, columns=["Past results", "Change", "As before"]), hide_index=True, height=260)
    st.caption(card_words.lots_line(len(drawn.treated), len(drawn.comparison), int(seed)))
    if is_this_draw(panel, file, drawn):
        st.info(words.ON_THE_CARD, icon=":material/check:")
        return
    use = words.USE_OTHER_DRAW if file.drawn else words.USE_DRAW
    if st.button(primary_label(use), type="primary", icon=":material/casino:", key="trials.draw.use"):
        changes.keep_trial(entry, panel, trial_json(file) | with_drawn(file, drawn), one.kept.key)
        changes.tell_saved(without_rep_names(file.name, names))
        st.rerun()
