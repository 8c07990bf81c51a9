"""Start: the path through the work, where this user is on it, one click to a sample or an upload."""

import streamlit as st

from workbench.design.progress import list_progress
from workbench.ui.data_page import mapping
from workbench.ui.data_page.samples import own_data_sets, sample_cards
from workbench.ui.data_page.upload import upload_box
from workbench.ui.decide.reviews import show_coming, show_reviews
from workbench.ui.goal_and_kpis.team_number import show_team_number
from workbench.ui.learn import tour
from workbench.ui.learn.strip import question_waits
from workbench.ui.session import state
from workbench.ui.session.navigation import NOT_IN_NAVIGATION, PAGES, page
from workbench.ui.session.switch import switch_to
from workbench.ui.widgets.parts import page_title, primary_label, show_issues
from workbench.ui.widgets.trial_line import show_trial_line
from workbench.words.markdown import plain
from workbench.words.path import HEADING, PROMISE, STEPS, step_progress


def path_step(place: int, file: str, how: str) -> None:
    """One card of the path: number or tick, name, what was done there or what it is for, and the way there."""
    words = STEPS[file]
    icon = ":green[:material/check_circle:]" if how == "done" else f":material/counter_{place}:"
    with st.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container(gap="xsmall"):
            st.markdown(f"**{icon} {words.name}**")
            st.caption(plain(step_progress(file, panel, design)))
        if how == "next" and panel is not None and not waits:
            if st.button(
                primary_label(words.button), key=f"start-go-{file}", type="primary", width="stretch", icon=words.icon
            ):
                switch_to(file)
        else:
            label = {"done": "Open", "next": words.button, "later": "Later"}[how]
            st.page_link(page(file), label=label, icon=":material/arrow_forward:", disabled=how == "later")


page_title(HEADING)
st.markdown(PROMISE)
waits = question_waits()  # then nothing here is drawn from the data of the story, and the tour would tell it
if not waits:
    tour.offer_tour()
show_reviews()
panel, design = state.current_panel(), state.current_design()
steps = list_progress(panel, design)
for place, (column, step) in enumerate(zip(st.columns(len(steps)), steps, strict=True), start=1):
    with column:
        path_step(place, step.page, step.state)

afterwards = [file for file in PAGES if file not in ("start", *STEPS, *NOT_IN_NAVIGATION)]
if steps[-1].state == "next" and afterwards:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Then", width="content")
        for file in afterwards:
            st.page_link(page(file))

if panel is not None and design.goal is not None and not waits:
    show_team_number(panel, design.goal)
if panel is not None and not waits:
    show_trial_line(panel)
    show_coming(panel)

own_data_sets("start", opens="start")
st.header("Open a finished example" if panel is None else "Finished examples", anchor=False)
sample_cards("start", opens="preview")
if not waits:
    tour.tour_again()

st.header("Or start with your own data", anchor=False)
incoming = upload_box("start")
if incoming is not None:
    with st.spinner("Looking at your files …"):
        problems = mapping.accept_uploads(incoming)
    if not problems:
        switch_to("data")
    show_issues(problems)

if not waits:
    tour.show_tour()
