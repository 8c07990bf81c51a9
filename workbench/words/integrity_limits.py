"""Why a check cannot tell, and what would let it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from workbench.integrity.suspect_counts import TEAM_ONLY, CannotTell, CheckName, Why
from workbench.words.integrity import CHECKS
from workbench.words.lists import list_names

ROLES = {
    "seconds": "the length of a call",
    "contact": "the number or contact",
    "disposition": "the outcome",
    "logged": "the time of the entry",
    "channel": "the channel",
    "list": "the list",
    "amount": "the amount",
    "first_rep": "the first owner of a case",
    "discount": "the discount",
    "lead_source": "the kind of lead",
}
REASONS: dict[Why, str] = {
    "no_log": "no file has such activity row by row",
    "no_column": "no column holds {role}",
    "no_time_of_day": "the times have days but no hours",
    "same_time": "nearly all rows have the same time of day",
    "random_clock": "the team works at all hours, or the clock is not real",
    "whole_minutes": "the file has whole minutes only",
    "same_value": "the column says the same in every row",
    "no_code": "no outcome in the file has that meaning",
    "only_good_calls": "lengths are recorded for answered calls only",
    "few_values": "there are too few different contacts",
    "few_rows": "there are too few rows",
    "few_reps": "fewer than 8 reps work the same lists in the same role{n}",
    "few_months": "there are too few months{n}",
    "wide_spread": "colleagues differ too much",
    "drifting": "reps change too much from quarter to quarter",
    "team_wide": "most of the team changed at once",
    "new_list": "reps changed lists",
    "other_names": "the first owners are not written as the reps are",
    "not_shared": "some kinds of leads are worked by a few reps only",
    "same_as_list": "the list and the kind of lead are the same column",
    "no_better_kind": "no kind of lead does better than the others",
}


STILL_SEEN: dict[Why, str] = {
    "wide_spread": "only a change against a rep's own past can be seen",
    "drifting": "only a difference from colleagues can be seen",
    "new_list": "only a difference from colleagues can be seen",
}
"""Reasons that speak against one of the two comparisons, and what the other one can still see."""


REMEDIES: dict[Why, str] = {
    "no_log": "A file with one row per call, message, meeting, quote or order",
    "no_column": "Say on Data which column holds {role}",
    "no_time_of_day": "An export with the time of day",
    "same_time": "An export with the real time of day",
    "random_clock": "An export with real times, or the reps' time zones",
    "whole_minutes": "An export with seconds",
    "same_value": "An export in which this column differs from row to row",
    "no_code": "Say on Data what each outcome means",
    "only_good_calls": "An export with the length of every call",
    "few_values": "An export with more contacts",
    "few_rows": "More months, or a log with more rows",
    "few_reps": "At least 8 reps of one role on the same lists",
    "few_months": "At least 6 months",
    "wide_spread": "Roles in the team list, so that like is compared with like",
    "drifting": "Roles in the team list, or calmer months",
    "team_wide": "A team that did not change at once",
    "new_list": "Months in which reps stay on their lists",
    "other_names": "First owners written as the reps are",
    "not_shared": "Leads that all reps can take up",
    "same_as_list": "A column for the list besides the kind of lead",
    "no_better_kind": "A clear difference between kinds of leads",
}
"""What would let a check look, by the reason why it cannot."""
SAID_ON_DATA: tuple[Why, ...] = ("no_column", "no_code", "other_names", "same_as_list")
"""Reasons that somebody who says more on Data can end."""
LIMITS_ALT = "Why some checks cannot tell, and what would help"
LIMIT_COLUMNS = ("Reason", "Checks", "What would help")


def limits_by_reason(limits: Iterable[CannotTell]) -> pd.DataFrame:
    """One row per reason under ``LIMIT_COLUMNS``, those of most checks first."""
    checks: dict[tuple[Why, str], list[CheckName]] = {}
    for limit in limits:
        checks.setdefault((limit.why, limit.role), []).append(limit.check)
    order = list(CHECKS)
    rows = []
    for (why, role), of_reason in sorted(checks.items(), key=lambda item: -len({*item[1]})):
        called = ROLES.get(role, role)
        reason = REASONS[why].format(role=called, n="")
        if why in STILL_SEEN:
            reason = f"{STILL_SEEN[why]}: {reason}"
        named = [CHECKS[check] for check in sorted({*of_reason}, key=order.index)]
        rows.append((_capitalised(reason), _capitalised(list_names(named)), REMEDIES[why].format(role=called)))
    return pd.DataFrame(rows, columns=list(LIMIT_COLUMNS))


def _capitalised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def cannot_tell_sentence(limit: CannotTell, sources: Sequence[str] = ()) -> str:
    """``Calls of a few seconds (calls): cannot tell, because lengths are recorded for answered calls only.``

    ``sources``: the logs of which that is so, where they are several.
    """
    logs = list_names(sources or ([limit.source] if limit.source else []))
    where = f" ({logs})" if logs else ""
    n = f" ({limit.n:,})" if limit.n is not None else ""
    reason = REASONS[limit.why].format(role=ROLES.get(limit.role, limit.role), n=n)
    return f"{CHECKS[limit.check].capitalize()}{where}: {STILL_SEEN.get(limit.why, 'cannot tell')}, because {reason}."


def cannot_tell_sentences(limits: Iterable[CannotTell]) -> list[str]:
    """One sentence per check and reason, in the order of the checks."""
    limits = tuple(limits)
    logs: dict[tuple[str, str, str], list[str]] = {}
    for limit in limits:
        logs.setdefault((limit.check, limit.why, limit.role), []).extend([limit.source] if limit.source else [])
    first = {(limit.check, limit.why, limit.role): limit for limit in reversed(limits)}
    order = sorted(first, key=lambda key: list(CHECKS).index(first[key].check))
    return [cannot_tell_sentence(first[key], list(dict.fromkeys(logs[key]))) for key in order]


def missing_columns(limits: Iterable[CannotTell]) -> dict[str, list[CheckName]]:
    """The columns that would let checks run: by role, which."""
    found: dict[str, list[CheckName]] = {}
    for limit in limits:
        if limit.why == "no_column":
            found.setdefault(limit.role, []).append(limit.check)
    return found


def tables_to_describe(limits: Iterable[CannotTell]) -> list[str]:
    """List the tables of which something can be said on Data that would let a check look."""
    return list(dict.fromkeys(limit.source for limit in limits if limit.source and limit.why in SAID_ON_DATA))


def describe_label(source: str) -> str:
    """``Say what the columns of orders hold``."""
    return f"Say what the columns of {source} hold" if source else "Say what the columns hold"


def is_too_small(limits: Iterable[CannotTell]) -> bool:
    """Whether a check knows all it needs, and there are too few reps, months or rows for it: no column would help."""
    return any(limit.why in ("few_reps", "few_months", "few_rows") and limit.check not in TEAM_ONLY for limit in limits)


def what_would_help(limits: Iterable[CannotTell]) -> str:
    """The columns that a log needs for anybody to be compared, in one sentence."""
    limits = tuple(limit for limit in limits if limit.check not in TEAM_ONLY)
    roles = [ROLES.get(role, role) for role in missing_columns(limits)]
    if is_too_small(limits):
        return "Nobody is compared below 8 reps on the same lists, 6 months and 30 events each."
    if sum(limit.why == "no_log" for limit in limits) * 2 >= len(limits):
        return "A file with one row per call, message, meeting or quote would let the checks run."
    if roles:
        return f"The checks need columns with {list_names(roles)}."
    return cannot_tell_sentence(limits[0])
