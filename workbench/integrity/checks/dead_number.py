"""Numbers known to be dead."""

from __future__ import annotations

from functools import partial

from workbench.integrity.checks.event_check import EventCheck
from workbench.integrity.checks.known_numbers import judge_known_numbers

DEAD_NUMBER = EventCheck(
    "dead_number", ("calls",), ("contact", "disposition"), partial(judge_known_numbers, code="dead_number")
)
