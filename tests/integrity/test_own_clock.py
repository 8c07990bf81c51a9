"""Evenings begin by the rep's own clock where the roster names the time zone and the times are instants."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.integrity.logs import CALLS, quiet_calls, write_log
from workbench.data.aggregate.rep_zones import read_rep_zones
from workbench.data.model.dataset import DataSet, parse_dataset
from workbench.integrity.count_suspects import suspect_rows
from workbench.integrity.without_suspects import panel_without_suspects

REPS = ["Ana", "Ben", "Cem", "Dee", "Eve"]
ABROAD, EVENING = "Eve", 3
"""Eve works in New York from 9 to 5, which is 14 to 22 o'clock in London; Ana makes one call in the evening."""


def team(
    folder: Path, written: str = "offset", zones: str = "time zone", zone: str | None = "Europe/London"
) -> DataSet:
    """Calls at usual hours of each rep, in January: London is at UTC, New York 5 hours behind it."""
    calls = quiet_calls(REPS, 150)
    calls["started"] -= pd.Timedelta(days=56)
    calls.loc[EVENING, "started"] = pd.Timestamp("2025-01-07 20:10")
    abroad = calls["rep"] == ABROAD
    times = calls["started"] + pd.to_timedelta(5 * abroad, unit="h")
    form = "%Y-%m-%d %H:%M:%S" if written == "local" else "%Y-%m-%dT%H:%M:%S+00:00"
    dataset = write_log(folder, calls.assign(started=times.dt.strftime(form)), CALLS).model_dump(mode="json")
    if written == "typed":
        calls.assign(started=times.dt.tz_localize("UTC")).to_parquet(folder / "log.parquet")
        dataset["sources"][0]["location"] = "log.parquet"
    pd.DataFrame({"rep": REPS, zones: ["Europe/London", None, "Narnia", "", "America/New_York"]}).to_csv(
        folder / "roster.csv", index=False
    )
    roster = {"location": "roster.csv", "rep": "rep", "attributes": [zones]}
    return parse_dataset(dataset | {"timezone": zone, "roster": roster})


def after_hours(dataset: DataSet, folder: Path, rep: str) -> list[int]:
    return [row - 1 for row in suspect_rows(dataset, folder, "after_hours", rep)["row"]]


@pytest.mark.parametrize("written", ["offset", "typed"])
def test_a_day_in_new_york_is_no_evening_in_london(tmp_path: Path, written: str) -> None:
    dataset = team(tmp_path, written)
    assert read_rep_zones(dataset, tmp_path, {}) == {ABROAD: "America/New_York"}
    assert after_hours(dataset, tmp_path, ABROAD) == []
    found = suspect_rows(dataset, tmp_path, "after_hours", "Ana")
    assert found["row"].tolist() == [EVENING + 1]
    assert found["local"].tolist() == found["at"].tolist()
    panel = panel_without_suspects(dataset, tmp_path, ["after_hours"])
    assert panel.frame.groupby("rep")["dials"].sum().to_dict() == dict.fromkeys(REPS, 150) | {"Ana": 149}


@pytest.mark.parametrize("told", [{"zones": "office"}, {"written": "local"}], ids=["no zones", "no offsets"])
def test_without_zones_or_offsets_the_clock_of_the_data_counts(tmp_path: Path, told: dict[str, str]) -> None:
    assert len(after_hours(team(tmp_path, **told), tmp_path, ABROAD)) > 20


def test_times_of_a_data_set_without_a_time_zone_are_as_written(tmp_path: Path) -> None:
    assert read_rep_zones(team(tmp_path, zone=None), tmp_path, {}) == {}
    assert read_rep_zones(team(tmp_path).model_copy(update={"roster": None}), tmp_path, {}) == {}
    dataset = team(tmp_path, zones="TimeZone")
    (tmp_path / "roster.csv").write_text("rep\nAna\n")
    assert read_rep_zones(dataset, tmp_path, {}) == {}
