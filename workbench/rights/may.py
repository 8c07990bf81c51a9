"""The one function that decides who may do what. The store, the pages and the downloads ask it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.rights.person import Person

EVERYBODY, TEAM = "everybody", "team:"
PRIVATE = ""


class Action(StrEnum):
    """What somebody does. ``CHANGE`` is of the content; ``MANAGE`` is to share, delete or restore."""

    SEE = "see"
    MAKE = "make"
    CHANGE = "change"
    MANAGE = "manage"


@dataclass(frozen=True)
class Thing:
    """What something is done with.

    Attributes
    ----------
    kind : of a document in the store, or one of the kinds below.
    owner : id of the person to whom it belongs, or ``TEAM`` with the name of the team; empty for nobody, as from before
        there was sign-in.
    shared : ``PRIVATE``, ``EVERYBODY`` who signs in, or ``TEAM`` with its name.
    names_people : it holds names of reps, whoever looks.
    roles : of a connection, the roles for which it is set up.
    """

    kind: str
    owner: str = ""
    shared: str = PRIVATE
    names_people: bool = False
    roles: frozenset[str] = frozenset()


ALL_WORK = Thing("all work")  # the audit log, backups and restoring them
ROWS = Thing("rows", names_people=True)  # files as they were uploaded, and how they are read
SAMPLE = Thing("sample", shared=EVERYBODY)
PLAY = frozenset({"learner", "dice"})  # kinds in which everybody who signs in plays alone
STATES = frozenset({"design"})  # what links carry of work at hand, also of those who may save nothing


def may(person: Person | None, action: Action, thing: Thing) -> bool:
    """Whether a person may do something. None is whoever sits at a server without sign-in: everything is theirs.

    A *viewer* sees what is shared. An *editor* also makes things, and changes own ones and those shared with an own
    team. An *admin* also sees everything, and shares, deletes and restores it. Who is limited to some reps sees no
    rows of files and nothing of others that names reps. They bring, change, share, hand on, delete and restore no data
    set, be it an own one or the team's, since it holds others. What a team owns is its members'.
    """
    if person is None:
        return True
    if not person.role:
        return False
    if thing.kind in PLAY:
        return action is not Action.MANAGE
    if thing == ALL_WORK:
        return person.role == "admin" and person.limit is None
    if thing.kind == "connection":
        return person.role in (thing.roles or {"admin"})
    if thing == SAMPLE:
        return action is Action.SEE
    is_mine = bool(thing.owner) and thing.owner == person.id
    if thing.names_people and person.limit is not None and not is_mine:
        return False
    is_own = is_mine or _is_of_team(person, thing.owner)
    if thing.kind in STATES and action in (Action.MAKE, Action.CHANGE):
        return action is Action.MAKE or is_own
    if thing.kind == "data set" and person.limit is not None and action is not Action.SEE:
        return False  # a new one would be of some reps alone, and one that is there holds all of them
    if action is Action.MAKE:
        return person.role != "viewer"
    if action is Action.SEE:
        return is_own or person.role == "admin" or _is_shared_with(person, thing)
    if person.role == "viewer":
        return False
    if action is Action.CHANGE:
        return is_own or (thing.shared.startswith(TEAM) and _is_shared_with(person, thing))
    return is_own or person.role == "admin"


def _is_shared_with(person: Person, thing: Thing) -> bool:
    if thing == ROWS:
        return True
    return thing.shared == EVERYBODY or _is_of_team(person, thing.shared)


def _is_of_team(person: Person, named: str) -> bool:
    return named.startswith(TEAM) and named[len(TEAM) :] in person.teams
