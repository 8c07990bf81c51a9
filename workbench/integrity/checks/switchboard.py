"""Operators and switchboards that the rep knows."""

from __future__ import annotations

from functools import partial

from workbench.integrity.checks.event_check import EventCheck
from workbench.integrity.checks.known_numbers import judge_known_numbers

SWITCHBOARD = EventCheck(
    "switchboard", ("calls",), ("contact", "disposition"), partial(judge_known_numbers, code="operator")
)
