"""The panel on real exports, against figures computed from the raw files elsewhere."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pandas as pd
import pytest

from tests.data.panels import issue, issues
from tests.real_files import real_files
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.model.dataset import parse_dataset
from workbench.data.model.panel import Panel
from workbench.words.issues import describe_issue

CLOSED, WON = "deal_stage in ('Won', 'Lost')", "deal_stage == 'Won'"
MAVEN = {
    "name": "pipeline", "location": "sales_pipeline.csv", "rep": "sales_agent", "date": "engage_date",
    "measures": [
        {"name": "opportunities", "aggregate": "count"},
        {"name": "closed", "aggregate": "count", "where": CLOSED, "date": "close_date"},
        {"name": "won", "aggregate": "count", "where": WON, "date": "close_date"},
        {"name": "won_value", "aggregate": "sum", "column": "close_value", "where": WON, "date": "close_date"},
        {"name": "deal_size", "aggregate": "mean", "column": "close_value", "where": WON, "date": "close_date"},
    ],
}  # fmt: skip
TEAM = {"location": "sales_teams.csv", "rep": "sales_agent", "attributes": ["manager", "regional_office"]}


def maven(grain: str = "quarter", **fields: object) -> Panel:
    content = {"name": "Maven", "grain": grain, "sources": [{**MAVEN, **fields}], "roster": TEAM}
    return build_panel(parse_dataset(content), real_files("maven_crm"))


@pytest.mark.parametrize("location", ["sales_pipeline.csv", "sales_pipeline_ddmmyyyy_variant.csv"])
def test_maven_by_quarter(location: str) -> None:
    panel = maven(location=location)
    quarters = panel.frame.groupby(panel.frame["period"].dt.strftime("%Y-%m"))["won_value"].sum().to_dict()
    assert panel.n_rows_read == 8800
    assert measure_totals(panel)["won"] == 4238
    assert quarters == {"2016-10": 0, "2017-01": 1134672, "2017-04": 3086111, "2017-07": 2982255, "2017-10": 2802496}


@functools.cache
def maven_by_quarter() -> Panel:
    return maven()


def test_maven_reps_roster_and_rows_without_a_date() -> None:
    panel = maven_by_quarter()
    assert (panel.reps["n_periods"] > 0).sum() == 30
    assert len(panel.reps) == 35
    assert "5 reps on the team list" in describe_issue(issue(panel, "no_events")).message
    assert panel.n_unused.to_dict("records") == [{"source": "pipeline", "reason": "no_date", "n_rows": 500}]
    assert panel.n_rows_used == 8300
    assert panel.undated["opportunities"].sum() == 500
    assert [f"{period:%Y-%m}" for period in panel.partial] == ["2016-10"]


def test_maven_mean_is_a_ratio_of_sums() -> None:
    assert measure_totals(maven_by_quarter())["deal_size"] == pytest.approx(10005534 / 4238)


def test_maven_deals_at_stake_where_product_names_almost_match() -> None:
    lookup = {"location": "products.csv", "on": {"product": "product"}, "take": ["series"]}
    found = issue(maven(lookups=[lookup]), "lookup_almost")
    assert found.n_rows == 1480
    assert "“GTXPro” (1,480 rows) for “GTX Pro”" in describe_issue(found).message
    assert "won 729; won_value 3,510,578" in describe_issue(found).message


def test_maven_lookup_corrected_by_the_data_set_file_matches() -> None:
    lookup = {
        "location": "products.csv",
        "on": {"product": "product"},
        "take": ["series"],
        "same": {"GTXPro": "GTX Pro"},
    }
    measures = [{"name": "gtx", "where": "series == 'GTX'"}]
    panel = maven(lookups=[lookup], measures=measures, date="close_date")
    pipeline = pd.read_csv(real_files("maven_crm") / "sales_pipeline.csv")
    gtx = pipeline["product"].str.startswith("GTX") & pipeline["close_date"].notna()
    assert measure_totals(panel)["gtx"] == gtx.sum()
    assert not issues(panel, "lookup_almost")


@functools.cache
def adventureworks() -> Panel:
    by_key = {"location": "Salesperson.csv", "on": {"EmployeeKey": "EmployeeKey"}, "take": ["Salesperson"]}
    by_id = {"location": "Salesperson.csv", "on": {"EmployeeID": "EmployeeID"}, "take": ["Salesperson"]}
    sales = {"name": "sales", "aggregate": "sum", "column": "Sales", "unit": "USD"}
    target = {"name": "target", "aggregate": "sum", "column": "TargetAmount", "unit": "USD"}
    content = {"name": "AdventureWorks", "sources": [
        {"name": "sales", "location": "Sales.csv", "rep": "Salesperson", "date": "OrderDate", "measures": [sales],
         "lookups": [by_key]},
        {"name": "targets", "location": "Targets.csv", "rep": "Salesperson", "date": "TargetMonth",
         "measures": [target],
         "lookups": [by_id]}]}  # fmt: skip
    return build_panel(parse_dataset(content), real_files("adventureworks"))


def adventureworks_by_hand() -> pd.DataFrame:
    folder = real_files("adventureworks")
    people = pd.read_csv(folder / "Salesperson.csv", sep="|")
    sales = pd.read_csv(folder / "Sales.csv", sep="|").merge(people, on="EmployeeKey")
    targets = pd.read_csv(folder / "Targets.csv", sep="|").merge(people, on="EmployeeID")
    parts = [
        frame.groupby(["Salesperson", pd.to_datetime(frame[date]).dt.to_period("M").dt.start_time])[column].sum()
        for frame, date, column in ((sales, "OrderDate", "Sales"), (targets, "TargetMonth", "TargetAmount"))
    ]
    return pd.concat(parts, axis=1, keys=["sales", "target"])


def test_adventureworks_sales_and_targets_meet_on_rep_and_month() -> None:
    panel, by_hand = adventureworks(), adventureworks_by_hand()
    assert measure_totals(panel)["sales"] == pytest.approx(77548570.20, abs=0.005)
    assert measure_totals(panel)["target"] == 676_210_000
    ours = panel.frame.set_index(["rep", "period"]).loc[by_hand.index]
    covered = by_hand.index.get_level_values(1) <= "2020-05-01"
    assert ours["sales"][covered].to_numpy() == pytest.approx(by_hand["sales"][covered].fillna(0).to_numpy())
    assert ours["sales"][~covered].isna().all()
    assert ours["target"].to_numpy() == pytest.approx(by_hand["target"].fillna(0).to_numpy())


def test_adventureworks_months_with_a_target_and_no_sale_are_zero() -> None:
    by_hand = adventureworks_by_hand()
    idle = by_hand.index[by_hand["target"].notna() & by_hand["sales"].isna()]
    assert len(idle) > 0
    sales = adventureworks().frame.set_index(["rep", "period"]).loc[idle, "sales"]
    covered = sales.index.get_level_values(1) <= "2020-05-01"
    assert (sales[covered] == 0).all()
    assert sales[~covered].isna().all()


def test_adventureworks_says_that_sales_stop_before_the_targets_do() -> None:
    found = issue(adventureworks(), "coverage")
    assert "“sales”" in describe_issue(found).where
    assert "to May 2020" in describe_issue(found).message


def test_call_log_by_day() -> None:
    log = {"name": "calls", "location": "call_log_structured.csv", "rep": "caller_name", "date": "call_at", "id": "ID",
           "measures": [{"name": "calls"},
                        {"name": "interested", "where": "call_disposition == 'Connected - Interested'"},
                        {"name": "minutes", "aggregate": "sum", "column": "call_duration_in_minutes"}]}  # fmt: skip
    folder = real_files("outbound_calls")
    panel = build_panel(parse_dataset({"name": "calls", "grain": "day", "sources": [log]}), folder)
    raw = pd.read_csv(folder / "call_log_structured.csv", parse_dates=["call_at"])
    by_hand = raw.groupby(["caller_name", raw["call_at"].dt.normalize()]).size()
    ours = panel.frame.set_index(["rep", "period"])["calls"]
    assert ours[by_hand.index].tolist() == by_hand.tolist()
    assert measure_totals(panel) == {
        "calls": 1935,
        "interested": (raw["call_disposition"] == "Connected - Interested").sum(),
        "minutes": raw["call_duration_in_minutes"].sum(),
    }


def test_the_same_files_give_the_same_key_and_a_changed_file_another(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("rep,date\nAnn,2024-01-05\n")
    spec = {"name": "x", "sources": [{"name": "calls", "location": "calls.csv", "rep": "rep", "date": "date"}]}
    first, again = (build_panel(parse_dataset(spec), tmp_path).key for _ in range(2))
    coarser = build_panel(parse_dataset({**spec, "grain": "quarter"}), tmp_path).key
    (tmp_path / "calls.csv").write_text("rep,date\nAnn,2024-01-06\n")
    changed = build_panel(parse_dataset(json.loads(json.dumps(spec))), tmp_path).key
    assert first == again
    assert len({first, coarser, changed}) == 3
