"""Who has signed in, and what they own; all that belongs to somebody who has left is handed over by an admin."""

from __future__ import annotations

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.data.library.handing_on import hand_on_all_work, names_reading_connections
from workbench.rights.acting import current_person
from workbench.rights.may import TEAM
from workbench.store.opening import reading
from workbench.store.ownership import HandedOn, count_owned
from workbench.ui.session.owners import hand_over, owner_name, possible_owners
from workbench.ui.session.remember_person import known_people
from workbench.words import sharing as words
from workbench.words.markdown import plain

_KEY = "data.leavers"


def show_people() -> None:
    """The people of this server with what they own, and how it is handed over; for admins."""
    person, people = current_person(), known_people(workspace_folder())
    with reading(workspace_folder()) as store:
        owned = count_owned(store)
    with st.expander(words.PEOPLE, icon=":material/group:", key="data-people"):
        st.dataframe([words.person_line(each.name, each.id, each.role, each.teams, owned.get(each.id, 0))
                      for each in people.values()], hide_index=True)  # fmt: skip
        if person is None or not owned:
            return
        st.caption(words.LEAVERS)
        names = {
            owner: owner_name(owner) if owner.startswith(TEAM) else words.possible_owner_words(owner, owner_name(owner))
            for owner in owned
        }
        with st.container(horizontal=True, vertical_alignment="bottom"):
            whose = st.selectbox(words.WHOSE, sorted(names, key=names.__getitem__), index=None, key=f"{_KEY}.whose",
                                 format_func=names.__getitem__)  # fmt: skip
            to = possible_owners(person, whose or "")
            chosen = st.selectbox(words.HAND_OVER_TO, list(to), index=None, key=f"{_KEY}.to",
                                  format_func=to.__getitem__, placeholder=words.CHOOSE_OWNER)  # fmt: skip
            st.button(words.ALL_THEIR_WORK, key=f"{_KEY}.go", icon=":material/move_item:", on_click=_hand_over_all,
                      disabled=whose is None or chosen is None, args=(whose or "", chosen or ""))  # fmt: skip
        if whose and (reading_one := names_reading_connections(workspace_folder(), whose)):
            st.caption(plain(words.stays_sentence(reading_one)))


def _hand_over_all(whose: str, to: str) -> None:
    n_left: list[int] = []

    def move() -> tuple[HandedOn, ...]:
        moved, left = hand_on_all_work(workspace_folder(), whose, to)
        n_left.append(left)
        return moved

    from_name, to_name = owner_name(whose), owner_name(to)
    hand_over(move, lambda moved: words.handed_over_all_sentence(len(moved), from_name, to_name, n_left[0]))
