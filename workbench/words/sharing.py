"""Who sees and changes what, where the app is shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.words.issue_parts import one_or_many
from workbench.words.markdown import plain
from workbench.words.numbers import pluralize
from workbench.words.times import moment

ANYBODY = "No sign-in: everybody who reaches this address sees and changes everything."
SIGN_IN_FIRST = "Sign in to see the data and designs on this server."
SIGN_OUT = "Sign out"
SECRETS_UNREADABLE = "The secrets of this server cannot be read, so nobody gets in. Ask an admin to correct them."
NO_REPS = "You see no reps until an admin says which."
LIMITED_TEAM = "The team on this page is these reps alone."
NO_UPLOADS = "Your role does not allow you to bring files."
ROLES = {
    "viewer": "You are a **viewer**: you see what others share, and save nothing.",
    "editor": "You are an **editor**: you save designs and data sets, and choose who sees them.",
    "admin": "You are an **admin**: you see everything, share it, and read the log.",
}


def no_role_sentence(name: str) -> str:
    """``Ana, you are signed in, and nobody has given you a role yet. Ask an admin.``"""
    return f"{plain(name)}, you are signed in, but nobody has given you a role yet. Ask an admin."


def role_sentence(role: str) -> str:
    """What a role allows, to the person who has it."""
    return ROLES[role]


def teams_sentence(teams: Sequence[str]) -> str:
    """``Your teams: North, South.``"""
    return f"Your teams: {', '.join(teams)}."


def limit_sentence(attribute: str, values: Sequence[str]) -> str:
    """``You see only the reps whose team is North.``"""
    if not values:
        return NO_REPS
    return f"You see only the reps whose {attribute} is {' or '.join(values)}."


SHARE = "Share"
DATA_SET, DESIGN = "This data set", "This design"
ONLY_YOU, EVERYBODY_WHO_SIGNS_IN, DIFFERENT = "Only you and admins", "Everybody who signs in", "Different"
SAMPLE_IS_EVERYBODYS = "This example is open to everybody who signs in."
NEW_ONES_ARE_PRIVATE = "What you save is yours alone until you share it. Who may not see the data sees nothing of it."
NOT_SAVED_YET = "This design is saved with its first change. Then you can share it."
NOBODY_KNOWN = "nobody in particular"
KINDS = {
    "option": "Your options",
    "current scorecard": "Your current scorecard",
    "decision": "Your decisions",
    "trial": "Your trials",
    "phase file": "Your phases of the conversation",
    "coaching": "Your coaching records",
}
HAND_OVER, HAND_OVER_WHAT, HAND_OVER_TO = "Hand over", "What", "To"
CHOOSE_OWNER = "Choose a colleague or team"
HAND_OVER_HELP = "The new owner decides who sees it. Unless it is shared with you, you no longer see it."
READS_A_DATABASE = "This data set reads a database, from now on with the rights of its new owner."
NOBODY_TO_OWN = "Nobody else can own it yet: editors and admins can, once they have signed in."
WHOSE, ALL_THEIR_WORK = "Whose work", "Hand over all their work"
LEAVERS = "When somebody has left, hand over all their data sets, designs and records."
HAS_IT_ALREADY = "Nothing was handed over: the new owner has the same already."
UNDONE_IN_PART = "What was changed, handed over or deleted meanwhile stays with its new owner."
LOG, PEOPLE = "What was done, and by whom", "Who has signed in"


def belongs_sentence(name: str) -> str:
    """``This data set belongs to Ana Ruiz.``"""
    return f"This data set belongs to {name}."


def design_belongs_sentence(name: str) -> str:
    """``This design belongs to Ana Ruiz. …``"""
    return f"This design belongs to {name}. Unless the whole team may change it, your changes are saved as your own."


def possible_owner_words(owner: str, name: str) -> str:
    """``Ben Ito (ben@example.com)``; without an address the beginning of the id, since two may have one name."""
    known = owner if "@" in owner else owner[:6]
    return f"{name} ({known})" if known else name


def handed_over_sentence(what: str, to: str) -> str:
    """``“Deals” belongs to Ben Ito now.``"""
    return f"{what} belongs to {to} now."


def handed_over_all_sentence(n: int, whose: str, to: str, n_left: int) -> str:
    """``12 things of Ana Ruiz belong to Ben Ito now. 1 thing stays, since Ben Ito has the same already.``"""
    said = f"{pluralize(n, 'thing')} of {whose} {one_or_many(n, 'belongs', 'belong')} to {to} now."
    if not n_left:
        return said
    return (
        f"{said} {pluralize(n_left, 'thing')} {one_or_many(n_left, 'stays', 'stay')}, since {to} has the same already."
    )


def stays_sentence(names: Sequence[str]) -> str:
    """``Not handed over, since they read a database: CRM, Deals. Open each and hand it over under Share.``"""
    return f"Not handed over, since they read a database: {', '.join(names)}. Open each and hand it over under Share."


def with_whom(name: str, is_team: bool) -> str:
    """``Team North``, or everybody."""
    return f"Team {name}" if is_team else EVERYBODY_WHO_SIGNS_IN


def kind_words(kind: str, n: int) -> str:
    """``Your options (3)``"""
    return KINDS[kind] if n == 1 else f"{KINDS[kind]} ({n})"


def log_line(line: Mapping[str, Any], zone: str | None) -> dict[str, str]:
    """One line of the log under the names of its columns, with the time as people say it."""
    facts = ", ".join(f"{name}: {value}" for name, value in line["facts"].items())
    return {"When": moment(line["at"], zone), "Who": line["author"] or NOBODY_KNOWN, "What": line["action"],
            "Kind": line["kind"], "Data set": line["data"], "Key": line["key"], "Details": facts}  # fmt: skip


def person_line(name: str, address: str, role: str, teams: Iterable[str], n_owned: int) -> dict[str, str | int]:
    """Somebody who has signed in, under the names of the columns."""
    return {"Name": name, "Known as": address, "Role": role, "Teams": ", ".join(sorted(teams)), "Owns": n_owned}
