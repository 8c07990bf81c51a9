"""The frame around every page: navigation, context bar, and what a link asked for."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from workbench.data.files.read_apart import read_files_apart
from workbench.design.misfit import misfit_issues
from workbench.rights.acting import ask_person, current_person
from workbench.ui.learn.strip import answer_is_kept_back, show_strip
from workbench.ui.session import cached_integrity, documents, part_link, presenting, state
from workbench.ui.session.navigation import ICON, PAGES, page, wall
from workbench.ui.session.saving import take_unsaved
from workbench.ui.session.share_link import PARAMETERS
from workbench.ui.session.signed_in import note_sign_in, person_at_work
from workbench.ui.shell import context_bar
from workbench.ui.shell.calm_page import calm
from workbench.ui.shell.changed_elsewhere import show_changed_elsewhere
from workbench.ui.shell.collector import keep_imports_from_collector
from workbench.ui.shell.hand_over import show_just_handed_over
from workbench.ui.shell.lost_page import lost_pages
from workbench.ui.shell.sharing import is_turned_away, show_sharing
from workbench.ui.widgets.first_words import begin_page_words
from workbench.ui.widgets.parts import PageEnd, show_issues
from workbench.words.designs import unsaved_sentence


def main() -> None:
    ask_person(person_at_work)
    if is_turned_away():
        return
    if person := current_person():
        note_sign_in(person)
    read_files_apart()
    with calm():
        state.restore_link(part_link.link_of_page_before(PARAMETERS))
    on_wall = bool(presenting.presented())
    pages = [wall(file) if on_wall else page(file, with_icon=False) for file in PAGES]
    shown = st.navigation(
        [*pages, *lost_pages(st.context.url, on_wall=on_wall)], position="hidden" if on_wall else "top"
    )
    st.set_page_config(page_title=f"{shown.title} – KPI Design Workbench", page_icon=ICON,
                       layout="wide", initial_sidebar_state="collapsed")  # fmt: skip
    begin_page_words()
    with calm():
        state.follow_link()
        documents.save_changes()
        state.follow_link()  # the design may have become one of its own
    with st.container(gap=None):
        if not on_wall:
            show_sharing()
            context_bar.show_context_bar(shown.url_path or "start")
        with st.container(), calm():  # the progress has a place of its own: nothing below changes places when it goes
            state.current_panel()
            if on_wall and answer_is_kept_back():  # what is presented would give the answer away
                presenting.stop_presenting()
                st.rerun()
        body = st.container()  # right below the bar: what a page says first stands within 120 pixels of the top
    with body, suppress(PageEnd), calm():
        if why := take_unsaved():
            st.warning(unsaved_sentence(why), icon=":material/save:")
        show_issues(state.link_issues())
        if not on_wall:
            show_changed_elsewhere()
            show_just_handed_over()
        if not on_wall and (panel := state.current_panel()):
            show_issues(misfit_issues(state.current_design(), panel))
        if on_wall or show_strip(shown.url_path or "start"):
            shown.run()
    part_link.keep_part()
    with calm():
        if (entry := state.current_entry()) and (panel := state.current_panel()):
            cached_integrity.look_ahead(entry, panel)
    keep_imports_from_collector(shown.url_path)


main()
