"""Guess from a measure's name what it means: a target set by the company, a success, a failure, a duration, money."""

from __future__ import annotations

import re

from workbench.data.mapping import guess_words as words
from workbench.data.mapping.event_vocabulary import outcome_meaning
from workbench.data.mapping.guess_words import has_word, name_words
from workbench.data.model.panel import MeasureInfo, Panel

_SUCCESS = {
    "won", "win", "wins", "sold", "accepted", "interested", "signed", "agreed", "approved", "paid", "booked",
    "converted", "success", "successful", "gewonnen", "ganado", "vinto", "verkauft",
}  # fmt: skip
_FAILURE = {
    "lost", "dead", "wrong", "busy", "voicemail", "rejected", "declined", "refused", "cancelled", "canceled", "failed",
    "invalid", "unqualified", "disqualified", "uninterested", "unreachable", "bounced", "churn", "churned", "unsold",
    "refund", "refunds", "complaint", "complaints", "verloren", "perdu", "perdido", "perso",
}  # fmt: skip
_NEGATED = re.compile(r"\b(?:not|never|no(?! of\b)|kein|keine|nicht)\b \w|\bvoice mail\b|\bhung up\b")
_TIME_UNITS = {"seconds", "second", "minutes", "minute", "hours", "hour"}
_MOSTLY = 0.5


def is_target(info: MeasureInfo) -> bool:
    """Whether a measure is what was asked for rather than what was done: a target, quota, plan or budget."""
    return any(word in words.TARGET or word.removesuffix("s") in words.TARGET for word in _words(info))


def is_failure(info: MeasureInfo) -> bool:
    """Whether more of a measure is worse: lost, wrong number, voicemail, not interested."""
    said = _words(info)
    return not _FAILURE.isdisjoint(said) or bool(_NEGATED.search(" ".join(said)))


def is_success(info: MeasureInfo) -> bool:
    """Whether a measure is what the work is for: won, sold, accepted, interested, a meeting that was set."""
    is_set = outcome_meaning(_title(info), "calls") == "meeting_set"
    return (is_set or not _SUCCESS.isdisjoint(_words(info))) and not is_failure(info)


def is_duration(info: MeasureInfo) -> bool:
    """Whether a measure is time spent."""
    return info.unit in _TIME_UNITS or has_word(_title(info), words.SECONDS)


def is_value(info: MeasureInfo) -> bool:
    """Whether a measure adds up money or another unit of worth."""
    return info.aggregate == "sum" and (bool(info.unit) or has_word(_title(info), words.AMOUNT))


def is_mostly_blank(info: MeasureInfo, panel: Panel) -> bool:
    """Whether most rows that count towards a measure have nothing in its column."""
    blank = sum(issue.n_rows or 0 for issue in panel.issues
                if issue.code == "no_amount" and issue.where.measure == info.name)  # fmt: skip
    rows = sum(n for each in panel.coverage if info.name in each.measures for _, n in each.rows)
    return blank > _MOSTLY * rows


def _title(info: MeasureInfo) -> str:
    return info.label or info.name


def _words(info: MeasureInfo) -> tuple[str, ...]:
    return name_words(_title(info))
