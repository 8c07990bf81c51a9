"""Moments as people say them, in the time zone of whoever reads."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo


def moment(stamp: str, zone: str | None = None) -> str:
    """``30 November 2026, 14:05``; empty for an empty or damaged stamp."""
    when = _local(stamp, zone)
    return f"{when.day} {when:%B %Y, %H:%M}" if when else ""


def short_moment(stamp: str, zone: str | None = None) -> str:
    """``30 Nov, 14:05``."""
    when = _local(stamp, zone)
    return f"{when.day} {when:%b, %H:%M}" if when else ""


def day_after(stamp: str, days: timedelta, zone: str | None = None) -> str:
    """The day so much later: ``30 December 2026``."""
    when = _local(stamp, zone)
    return f"{(when + days).day} {when + days:%B %Y}" if when else ""


def _local(stamp: str, zone: str | None) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(stamp).astimezone(_zone(zone))
    return None


def _zone(name: str | None) -> tzinfo | None:
    with suppress(Exception):  # whatever a browser calls its zone
        return ZoneInfo(name) if name else ZoneInfo("UTC")
    return ZoneInfo("UTC")
