"""Where an issue is, in the words of the person who brought the files."""

from __future__ import annotations

from workbench.errors import Area, Where

AREAS: dict[Area, str] = {
    "data_set": "data set",
    "roster": "team list",
    "reps": "reps",
    "dates": "dates",
    "exposure": "days at work",
    "same_rep": "spellings of reps",
    "timezone": "time zone",
    "goal": "goal",
    "kpis": "KPIs",
    "window": "reference period",
    "formula": "formula",
    "link": "link",
    "scored": "scored reps",
}


def place_words(where: Where) -> str:
    """``source “calls”, “date”``; ``plan.design.json: goal → target``; ``KPI “Dials”: target``."""
    parts = [
        f"{AREAS[where.area]} ({where.file})" if where.area and where.file else "",
        AREAS[where.area] if where.area and not where.file else "",
        where.file if not where.area else "",
        where.data_set,
        where.design,
        where.option,
        " – ".join(where.answer),
        f"source “{where.source}”" if where.source else "",
        _lookup(where),
        f"measure “{where.title or where.measure}”" if where.measure else "",
        f"KPI “{where.kpi}”" if where.kpi else "",
        _column(where),
    ]
    place, path = ", ".join(filter(None, parts)), " → ".join(map(str, where.path))
    if not path:
        return place
    return f"{place}, {path}" if where.source else f"{place}: {path}" if place else path


def _lookup(where: Where) -> str:
    if where.lookup_number:
        return f"lookup {where.lookup_number} ({where.lookup})"
    return f"matched with {where.lookup}" if where.lookup else ""


def _column(where: Where) -> str:
    if not where.column:
        return ""
    return f"“{where.column}”" if where.source or where.file else where.column
