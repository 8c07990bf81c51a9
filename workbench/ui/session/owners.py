"""To whom things belong and can be handed on: names of people and teams, as whoever is at work may choose them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.rights.acting import as_server, current_person
from workbench.rights.may import TEAM
from workbench.rights.person import Person
from workbench.store.opening import reading, writing
from workbench.store.ownership import HandedOn, hand_back, people_who_can_own
from workbench.store.rights import NOT_ALLOWED, NotAllowedError
from workbench.ui.session.remember_person import known_people
from workbench.ui.session.saving import note_unsaved, saving
from workbench.words import sharing as words

_JUST = "context.handed_over"
UNDO_SECONDS = 15 * 60


@dataclass(frozen=True)
class JustHandedOver:
    """What somebody has just handed over, until it is undone, the line is closed, or its time is up."""

    said: str
    by: str
    moved: tuple[HandedOn, ...]
    until: float


def teams_known(person: Person) -> list[str]:
    """The person's own teams; for an admin any team that is known."""
    if person.role != "admin":
        return sorted(person.teams)
    with as_server():
        return sorted(person.teams.union(*(each.teams for each in known_people(workspace_folder()).values())))


def owner_name(owner: str) -> str:
    """The name of an owner: a team, or somebody who signed in once."""
    with as_server():
        known = known_people(workspace_folder()).get(owner)
    team = owner.removeprefix(TEAM) if owner.startswith(TEAM) else ""
    return words.with_whom(team, is_team=True) if team else known.name if known else words.NOBODY_KNOWN


def possible_owners(person: Person, but: str) -> dict[str, str]:
    """Owners to whom the person may hand things on, by id in the order of names: teams first."""
    with as_server():
        people = known_people(workspace_folder())
    teams = {TEAM + team: words.with_whom(team, is_team=True) for team in teams_known(person)}
    with reading(workspace_folder()) as store:
        can_own = people_who_can_own(store)
    named = {who: words.possible_owner_words(who, each.name) for who, each in people.items() if who in can_own}
    offered = {**teams, **dict(sorted(named.items(), key=lambda each: each[1].casefold()))}
    return {who: name for who, name in offered.items() if who != but}


def hand_over(move: Callable[[], tuple[HandedOn, ...]], said: Callable[[tuple[HandedOn, ...]], str]) -> None:
    """Hand something on, and remember it for its undo. What is not allowed is said on the page."""
    person = current_person()
    with saving():
        try:
            moved = move()
        except NotAllowedError:
            note_unsaved(NOT_ALLOWED)
            return
        by, until = person.id if person else "", time.monotonic() + UNDO_SECONDS
        st.session_state[_JUST] = JustHandedOver(said(moved), by, moved, until)


def just_handed_over() -> JustHandedOver | None:
    """What whoever is at work has just handed over, and can still undo."""
    just: JustHandedOver | None = st.session_state.get(_JUST)
    person = current_person()
    if just is None or just.by != (person.id if person else "") or time.monotonic() > just.until:
        return None
    return just


def undo_hand_over() -> None:
    """Callback: take back what was just handed over, as far as whom it was given to has not changed it since."""
    just = just_handed_over()
    forget_hand_over()
    if just is None:
        return
    n = len(just.moved)
    with saving(), writing(workspace_folder()) as store:
        n = hand_back(store, just.moved)
    if n < len(just.moved):
        st.session_state[_JUST] = replace(just, said=words.UNDONE_IN_PART, moved=())


def forget_hand_over() -> None:
    """Callback: close the line."""
    st.session_state.pop(_JUST, None)
