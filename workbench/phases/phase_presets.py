"""Phases to begin with, and which of them an outcome proves as far as its code says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.data.model.event_codes import DISPOSITION_CODES, canonical_code


@dataclass(frozen=True)
class PhasePreset:
    """Phases in order, and the furthest one that each of our outcome codes proves.

    Attributes
    ----------
    proves : phase by code of ``DISPOSITION_CODES``; None proves none. A code that is not in it is ambiguous: somebody
        must say.
    """

    name: str
    phases: tuple[str, ...]
    proves: Mapping[str, str | None]


_NOBODY = dict.fromkeys(("no_answer", "voicemail", "busy", "dead_number", "operator"))
OUTBOUND_CALL = PhasePreset(
    "Outbound call",
    ("Connect", "Conversation", "Interest", "Meeting set", "Meeting held"),
    _NOBODY
    | {"refused": "Connect", "conversation": "Conversation", "meeting_set": "Meeting set", "held": "Meeting held",
       "no_show": "Meeting set", "cancelled": "Meeting set"},
)  # fmt: skip
"""Every row is a dial, so that dialling is no phase of its own: ``Connect`` is the share of dials that reach."""
SALES_DEVELOPMENT = PhasePreset(
    "Sales development conversation",
    ("Agreed to engage", "Value communicated", "Meeting offered", "Meeting agreed", "Meeting set together"),
    _NOBODY | {"refused": None, "conversation": "Agreed to engage", "meeting_set": "Meeting set together"},
)
PHASE_PRESETS = (OUTBOUND_CALL, SALES_DEVELOPMENT)


def guess_phases(
    written: Iterable[str], preset: PhasePreset, mapped: Mapping[str, str] | None = None
) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """Guess which phase each outcome proves.

    Parameters
    ----------
    written : outcomes as the file writes them. mapped : their codes, where the data set says them.

    Returns
    -------
    The phase by outcome (None proves none), and the outcomes that are unknown or ambiguous, which need an answer.
    """
    guessed: dict[str, str | None] = {}
    open_: list[str] = []
    for each in written:
        code = canonical_code(each, DISPOSITION_CODES, mapped or {})
        if code is not None and code in preset.proves:
            guessed[each] = preset.proves[code]
        else:
            open_.append(each)
    return guessed, tuple(open_)
