"""Read each rep's own time zone from the roster."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from pathlib import Path

from workbench.data.aggregate.roster import read_roster
from workbench.data.engine.embedded import Engine
from workbench.data.events.opened_tables import open_tables
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import REP

_ZONE_NAMES = ("timezone", "tz")


def read_rep_zones(dataset: DataSet, folder: Path, connections: Mapping[str, str]) -> dict[str, str]:
    """Return the time zones that differ from the data set's, by rep.

    Empty where the data set has no time zone, so that all times are as written, or its roster names none; a rep whose
    zone has no known name keeps the data set's clock.
    """
    roster = dataset.roster
    column = next((name for name in roster.attributes if _is_zone(name)), None) if roster else None
    if roster is None or column is None or not dataset.timezone:
        return {}
    asked = roster.model_copy(update={"attributes": (column,), "start": None, "end": None})
    with Engine() as engine:
        alone = dataset.model_copy(update={"sources": (), "roster": asked})
        table = open_tables(alone, folder, engine, connections, lambda step: None).roster
        if table is None or not {asked.rep, column} <= {*table.columns}:
            return {}
        team = read_roster(asked, table, dataset.same_rep, dataset.timezone).frame
    known = zoneinfo.available_timezones() - {dataset.timezone}
    return {rep: zone for rep, zone in zip(team[REP], team[column], strict=True) if zone in known}


def _is_zone(name: str) -> bool:
    return "".join(filter(str.isalpha, name.lower())) in _ZONE_NAMES
