"""Every check of events, in the order in which they are shown."""

from __future__ import annotations

from workbench.integrity.checks.after_hours import AFTER_HOURS
from workbench.integrity.checks.event_check import EventCheck
from workbench.integrity.checks.known_numbers import DEAD_NUMBER, SWITCHBOARD
from workbench.integrity.checks.late_entry import LATE_ENTRY
from workbench.integrity.checks.outcomes import CANCELLED_LATER, NO_ANSWER_LOGGED, UNATTENDED
from workbench.integrity.checks.quotes import REISSUED, UNANSWERED
from workbench.integrity.checks.rhythm import BURST, CADENCE, SEQUENCE
from workbench.integrity.checks.same_contact import SAME_CONTACT
from workbench.integrity.checks.seconds_long import SECONDS_LONG

CHECKS: tuple[EventCheck, ...] = (
    SECONDS_LONG, AFTER_HOURS, SAME_CONTACT, DEAD_NUMBER, SWITCHBOARD, BURST, CADENCE, SEQUENCE, NO_ANSWER_LOGGED,
    UNANSWERED, REISSUED, UNATTENDED, LATE_ENTRY, CANCELLED_LATER,
)  # fmt: skip
