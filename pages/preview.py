"""Preview: how would these KPIs and weights have scored our reps against what they sold?"""

import streamlit as st

from workbench.data.aggregate.downloads import spreadsheet_csv
from workbench.data.model.panel import REP
from workbench.errors import InputError
from workbench.scoring.classification import count_cut_periods
from workbench.ui.preview import sections
from workbench.ui.session import cached_scores, state
from workbench.ui.session.navigation import page
from workbench.ui.widgets.caution_line import show_design_cautions
from workbench.ui.widgets.filters import filter_popover
from workbench.ui.widgets.parts import end_page, how_computed, require_design, show_issues
from workbench.words import preview as words
from workbench.words.cut_periods import cut_periods_method, cut_periods_sentence
from workbench.words.preview_tables import scores_table

panel, design = require_design(words.QUESTION)
names = state.display_names(panel)

top = st.container(horizontal=True, vertical_alignment="center")
said = top.container(gap="xxsmall")
with top:
    shown = filter_popover(panel, "preview")

try:
    kpis = cached_scores.cached_kpi_agreements(panel, design, shown)
    seen = cached_scores.cached_preview(panel, design, shown)
except InputError as error:
    show_issues(error.issues)
    st.page_link(page("kpis"), label="Fix it on the KPIs page", icon=":material/build:")
    end_page()

if seen.standing.empty:
    st.info(words.NOBODY, icon=":material/filter_alt_off:")
    end_page()

with said:
    sections.show_headline(panel, seen, kpis)
    st.caption(words.shown_reps_words(len(seen.standing), panel.frame[REP].nunique()))
sections.show_goal_inside(panel, design, kpis, seen)
sections.show_live_view(panel, seen, kpis, names)
cut = count_cut_periods(seen.history, panel)
if said_of_cut := cut_periods_sentence(cut, panel.grain):
    st.caption(said_of_cut)
show_design_cautions(panel, design)
with st.container(horizontal=True, vertical_alignment="center"):
    how_computed(words.ranks_method(design.scoring) + cut_periods_method(cut, panel.grain))
    st.page_link(page("weights"), label="Find weights", icon=":material/tune:")
    st.download_button("Scores", spreadsheet_csv(scores_table(seen, names)), "scores.csv", "text/csv",
                       icon=":material/download:", type="tertiary", on_click="ignore")  # fmt: skip
sections.show_kpis_alone(panel, seen, kpis, names, shown)
sections.show_misjudged(panel, seen, names)
sections.show_rep(panel, seen, names)
