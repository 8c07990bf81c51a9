"""What the live view says on release, checked: a message comes from a browser and may hold anything."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_STEPS = 1_000  # of one message, in either direction
MOST_KPIS = 1_000

Count = Annotated[int, Field(ge=0, le=10**12)]
Weights = Annotated[tuple[Annotated[float, Field(ge=0, allow_inf_nan=False)], ...], Field(max_length=MOST_KPIS)]


class Told(BaseModel):
    """How much the view has said so far: messages, changes of weights, and steps forward less steps back."""

    model_config = ConfigDict(frozen=True)

    sent: Count = 0
    edits: Count = 0
    steps: Annotated[int, Field(ge=-(10**12), le=10**12)] = 0


class LiveMessage(BaseModel):
    """One message: weights and pinned weights in the order of the KPIs, the rep chosen, and what is held."""

    model_config = ConfigDict(frozen=True)

    told: Told
    weights: Weights = ()
    pinned: Weights = ()
    hold: bool | None = None
    locked: Annotated[tuple[bool, ...], Field(max_length=MOST_KPIS)] = ()
    chosen: Count | None = None


def read_message(said: Any) -> LiveMessage | None:
    """The message, or None where it is none of ours: then nothing changes."""
    try:
        return LiveMessage.model_validate(said)
    except ValidationError:
        return None


def steps_between(before: int, after: int) -> int:
    """Steps to take, forward or back, within reason."""
    return max(-MOST_STEPS, min(MOST_STEPS, after - before))
