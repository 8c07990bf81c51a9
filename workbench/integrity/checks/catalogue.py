"""Every check of events, in the order in which they are shown."""

from __future__ import annotations

from workbench.integrity.checks.after_hours import AFTER_HOURS
from workbench.integrity.checks.credit_moved import CREDIT_MOVED
from workbench.integrity.checks.day_end import DAY_END
from workbench.integrity.checks.event_check import EventCheck
from workbench.integrity.checks.internal_number import INTERNAL_NUMBER
from workbench.integrity.checks.known_numbers import DEAD_NUMBER, SWITCHBOARD
from workbench.integrity.checks.late_entry import LATE_ENTRY
from workbench.integrity.checks.month_end import MONTH_END
from workbench.integrity.checks.outcomes import CANCELLED_LATER, NO_ANSWER_LOGGED, UNATTENDED
from workbench.integrity.checks.pulled_forward import PULLED_FORWARD
from workbench.integrity.checks.quotes import REISSUED, UNANSWERED
from workbench.integrity.checks.rhythm import BURST, CADENCE, SEQUENCE
from workbench.integrity.checks.same_contact import SAME_CONTACT
from workbench.integrity.checks.seconds_long import SECONDS_LONG
from workbench.integrity.checks.split_quote import SPLIT_QUOTE

CHECKS: tuple[EventCheck, ...] = (
    SECONDS_LONG, AFTER_HOURS, SAME_CONTACT, DEAD_NUMBER, SWITCHBOARD, BURST, CADENCE, SEQUENCE, NO_ANSWER_LOGGED,
    UNANSWERED, REISSUED, UNATTENDED, LATE_ENTRY, CANCELLED_LATER, INTERNAL_NUMBER, MONTH_END, DAY_END, SPLIT_QUOTE,
    PULLED_FORWARD, CREDIT_MOVED,
)  # fmt: skip
