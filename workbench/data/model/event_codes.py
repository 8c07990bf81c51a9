"""Codes that the checks of activity know: what a row is, by which channel it went, how it ended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

EventKind = Literal["calls", "messages", "meetings", "quotes", "orders"]
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
CHANNEL_CODES = ("call", "email", "social", "text", "meeting")
DISPOSITION_CODES = (
    "no_answer", "voicemail", "busy", "dead_number", "operator", "refused", "callback", "conversation", "meeting_set",
    "held", "no_show", "cancelled", "open", "won", "lost",
)  # fmt: skip
REACHED_CODES = ("conversation", "meeting_set", "refused", "callback")
"""Outcomes of calls that somebody answered."""
EVENT_CODES: dict[str, tuple[str, ...]] = {"channel": CHANNEL_CODES, "disposition": DISPOSITION_CODES}
"""The codes of each role that has codes."""


def normalise_code(written: str) -> str:
    """Write a code as ours are: ``No Answer`` and ``no-answer`` give ``no_answer``."""
    return re.sub(r"[\s_-]+", "_", written.strip().lower())


def canonical_code(written: str, codes: tuple[str, ...], mapped: Mapping[str, str]) -> str | None:
    """Return the code of ours that a file's code means; None if it means none.

    A code that equals ours but for case, spaces, hyphens and underscores needs no entry in ``mapped``; an empty entry
    says that it means none.
    """
    if written in mapped:
        return mapped[written] or None
    code = normalise_code(written)
    return code if code in codes else None
