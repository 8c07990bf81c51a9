"""Phases to begin with, and which of them an outcome proves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PhasePreset:
    """Phases in order, and the furthest one that each of our outcome codes proves.

    Attributes
    ----------
    proves : phase by code of ``DISPOSITION_CODES``; None proves none. A code that is not in it is ambiguous: somebody
        must say.
    endings : phase by the words with which an outcome ends that says more than its code.
    """

    name: str
    phases: tuple[str, ...]
    proves: Mapping[str, str | None]
    endings: Mapping[str, str]


_NOBODY = dict.fromkeys(("no_answer", "voicemail", "busy", "dead_number", "operator"))
OUTBOUND_CALL = PhasePreset(
    "Outbound call",
    ("Connect", "Conversation", "Interest", "Meeting set", "Meeting held"),
    _NOBODY
    | {"refused": "Connect", "conversation": "Conversation", "meeting_set": "Meeting set", "held": "Meeting held",
       "no_show": "Meeting set", "cancelled": "Meeting set"},
    {"interested": "Interest"},
)  # fmt: skip
"""Every row is a dial, so that dialling is no phase of its own: ``Connect`` is the share of dials that reach."""
SALES_DEVELOPMENT = PhasePreset(
    "Sales development conversation",
    ("Agreed to engage", "Value communicated", "Meeting offered", "Meeting agreed", "Meeting set together"),
    _NOBODY | {"refused": None, "conversation": "Agreed to engage", "meeting_set": "Meeting set together"},
    {"interested": "Value communicated"},
)
PHASE_PRESETS = (OUTBOUND_CALL, SALES_DEVELOPMENT)
