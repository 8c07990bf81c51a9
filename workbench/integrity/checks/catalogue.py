"""Every check of events, in the order in which they are shown."""

from __future__ import annotations

from workbench.integrity.checks.after_hours import AFTER_HOURS
from workbench.integrity.checks.burst import BURST
from workbench.integrity.checks.cadence import CADENCE
from workbench.integrity.checks.cancelled_later import CANCELLED_LATER
from workbench.integrity.checks.credit_moved import CREDIT_MOVED
from workbench.integrity.checks.day_end import DAY_END
from workbench.integrity.checks.dead_number import DEAD_NUMBER
from workbench.integrity.checks.discount_cancelled import DISCOUNT_CANCELLED
from workbench.integrity.checks.event_check import EventCheck
from workbench.integrity.checks.held_back import HELD_BACK
from workbench.integrity.checks.internal_number import INTERNAL_NUMBER
from workbench.integrity.checks.late_entry import LATE_ENTRY
from workbench.integrity.checks.leads_picked import LEADS_PICKED
from workbench.integrity.checks.month_end import MONTH_END
from workbench.integrity.checks.no_answer_logged import NO_ANSWER_LOGGED
from workbench.integrity.checks.pulled_forward import PULLED_FORWARD
from workbench.integrity.checks.reissued import REISSUED
from workbench.integrity.checks.same_contact import SAME_CONTACT
from workbench.integrity.checks.seconds_long import SECONDS_LONG
from workbench.integrity.checks.sequence import SEQUENCE
from workbench.integrity.checks.split_quote import SPLIT_QUOTE
from workbench.integrity.checks.switchboard import SWITCHBOARD
from workbench.integrity.checks.unanswered import UNANSWERED
from workbench.integrity.checks.unattended import UNATTENDED

CHECKS: tuple[EventCheck, ...] = (
    SECONDS_LONG, AFTER_HOURS, SAME_CONTACT, DEAD_NUMBER, SWITCHBOARD, BURST, CADENCE, SEQUENCE, NO_ANSWER_LOGGED,
    UNANSWERED, REISSUED, UNATTENDED, LATE_ENTRY, CANCELLED_LATER, INTERNAL_NUMBER, MONTH_END, DAY_END, SPLIT_QUOTE,
    PULLED_FORWARD, CREDIT_MOVED, DISCOUNT_CANCELLED, HELD_BACK, LEADS_PICKED,
)  # fmt: skip
