"""What kind of activity a file holds, as a sentence, and the labels of its choices."""

from __future__ import annotations

from workbench.data.model.dataset import EventRoles
from workbench.data.model.event_codes import EventKind
from workbench.words.lists import list_names
from workbench.words.markdown import plain

TITLE = "What kind of activity is this?"
UNKNOWN = "Not described yet. If one row is one call, message, meeting, quote or order, Integrity can use this file."
USED_BY = "Integrity uses this."
CODES_TITLE = {"disposition": "What does each outcome mean?", "channel": "What does each channel mean?"}
NO_MEANING = "No meaning"
MOST_ROLES = 4

KINDS: dict[EventKind, str] = {
    "calls": "A call", "messages": "A message", "meetings": "A meeting", "quotes": "A quote", "orders": "An order",
}  # fmt: skip
ROLES: dict[str, str] = {
    "disposition": "Outcome",
    "seconds": "Length",
    "contact": "Number, contact or customer",
    "list": "List or campaign",
    "timestamp": "Time of day",
    "logged": "Entered on",
    "channel": "Channel",
    "amount": "Amount",
    "first_rep": "First owner",
    "discount": "Discount",
    "lead_source": "Kind of lead",
}
ROLE_HELP: dict[str, str] = {
    "seconds": "How long the call was, in seconds or minutes.",
    "timestamp": "A column with dates and times. Leave this empty if it holds dates only.",
    "logged": "When the entry was made, not when the activity happened.",
    "list": "Reps are compared with others on the same list.",
    "discount": "Per cent or money off the price.",
    "lead_source": "Source, grade or segment of the lead, where reps share the leads.",
    "first_rep": "The rep who owned the case when it was created, written as the reps are.",
}
UNIT, UNITS = "Length is in", {"seconds": "Seconds", "minutes": "Minutes"}
_SHORT: dict[str, str] = {
    "disposition": "outcome", "seconds": "length", "contact": "customer", "list": "list", "timestamp": "time",
    "logged": "entry date", "channel": "channel", "amount": "amount",
    "first_rep": "first owner", "discount": "discount", "lead_source": "kind of lead",
}  # fmt: skip
CODES: dict[str, str] = {
    "no_answer": "No answer",
    "voicemail": "Voicemail",
    "busy": "Busy",
    "dead_number": "Dead number",
    "operator": "Gatekeeper",
    "refused": "Refused",
    "callback": "Call back later",
    "conversation": "Conversation",
    "meeting_set": "Meeting set",
    "held": "Held",
    "no_show": "No show",
    "cancelled": "Cancelled",
    "open": "Open",
    "won": "Won",
    "lost": "Lost",
    "call": "Call",
    "email": "E-mail",
    "social": "Social network",
    "text": "Text message",
    "meeting": "Meeting",
}


def activity_sentence(events: EventRoles | None, date: str) -> str:
    """``One row is **a call**: outcome in **Outcome**, length in **Seconds**. Integrity uses this.``

    That the file's ``date`` carries times is not said: it is named as the date already.
    """
    if events is None:
        return UNKNOWN
    row = KINDS[events.kind].lower() if events.kind else "an activity"
    said = [f"{_short(role, events)} in **{plain(column)}**" for role, column in _in_order(events)
            if (role, column) != ("timestamp", date)]  # fmt: skip
    return f"One row is **{row}**{': ' if said else ''}{list_names(said, MOST_ROLES)}. {USED_BY}"


def asked_sentence(table: str) -> str:
    """What to do with the choices that a link asked for."""
    return f"Say what the columns of {table} hold, then use the data set."


def _in_order(events: EventRoles) -> list[tuple[str, str]]:
    columns = events.columns
    return [(role, columns[role]) for role in ROLES if role in columns]


def _short(role: str, events: EventRoles) -> str:
    if role == "seconds" and events.length_unit == "minutes":
        return "minutes"
    return "number" if role == "contact" and events.kind == "calls" else _SHORT[role]


def code_label(written: str, n_rows: int) -> str:
    """``Left VM  ·  1,204 rows``."""
    return f"{plain(written)}  ·  {n_rows:,} {'row' if n_rows == 1 else 'rows'}"
