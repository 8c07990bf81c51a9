"""Who does what, and who is scored: a loan log in which 8 of 68 people can close."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data.panels import build, source
from workbench.charts.who_does_what import people_alt, people_chart, people_rows
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.mapping import rep_groups
from workbench.data.mapping.guess import guess_dataset
from workbench.data.model.dataset import DataSet, parse_dataset
from workbench.data.model.panel import Panel
from workbench.design.model import Design, Goal, Kpi
from workbench.scoring.backtest import run_backtest
from workbench.words import who_is_scored as words

STEPS = [
    {"name": "calls", "where": "step == 'call'", "label": "Calls"},
    {"name": "offers", "where": "step == 'offer'", "label": "Offers"},
    {"name": "accepted", "where": "step == 'accepted'", "label": "Accepted"},
]


def loans() -> str:
    """60 people call, 58 of them offer; 8 others book what is accepted."""
    rows = ["case,rep,date,step,amount"]
    for number in range(240):
        day = f"2024-{number % 6 + 1:02d}-{number % 27 + 1:02d}"
        rows.append(f"L{number},User {number % 60:02d},{day},call,")
        rows.append(f"L{number},User {number % 58:02d},{day},offer,{1000 + number}")
        rows.append(f"L{number},Desk {number % 8},{day},accepted,{1000 + number}")
    return "\n".join(rows)


TEAM = "rep,role\n" + "\n".join([f"User {n:02d},agent" for n in range(60)] + [f"Desk {n},desk" for n in range(8)])
SOURCE = source("loans", "loans.csv", measures=STEPS)
ROSTER = {"location": "team.csv", "rep": "rep", "attributes": ["role"]}


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    return build(tmp_path, {"loans.csv": loans(), "team.csv": TEAM}, SOURCE, roster=ROSTER)


def dataset() -> DataSet:
    return parse_dataset({"name": "test", "sources": [SOURCE], "roster": ROSTER})


def labels(panel: Panel) -> dict[str, str]:
    return {info.name: info.label or info.name for info in panel.measures}


def test_people_are_grouped_by_the_kinds_of_work_they_do(panel: Panel) -> None:
    """58 of the 60 who call make offers: that is one kind of work."""
    groups = rep_groups.group_reps(panel)
    assert [(group.measures, len(group.reps)) for group in groups] == [(("calls", "offers"), 60), (("accepted",), 8)]
    rare = rep_groups.rarest_work(panel, groups)
    assert rare == ("accepted", 8)
    assert words.scored_summary(68, 68, rare, labels(panel)) == "Everybody, but only 8 of 68 people have Accepted."
    assert words.scored_summary(60, 68, rare, labels(panel)) == "60 of 68 people."
    assert [words.group_label(group, groups, labels(panel)) for group in groups] == [
        "60 people without Accepted", "8 people with only Accepted",
    ]  # fmt: skip
    assert (
        words.group_names(groups[1], {rep: rep for rep in groups[1].reps})
        == "Desk 0, Desk 1, Desk 2, Desk 3 and 4 more"
    )


def test_groups_are_scored_by_click_and_nobody_is_no_choice(panel: Panel, tmp_path: Path) -> None:
    groups = rep_groups.group_reps(panel)
    callers = rep_groups.with_scored_groups(dataset(), groups, [0], panel)
    made = build_panel(callers, tmp_path)
    assert made.frame["rep"].nunique() == 60
    assert set(made.unscored["rep"]) == set(groups[1].reps)
    assert len(rep_groups.scored_people(callers, made)) == 60
    assert rep_groups.group_reps(made) == groups
    assert rep_groups.with_scored_groups(callers, groups, [0, 1], made).scored is None
    assert rep_groups.with_scored_groups(callers, groups, [], made) == callers


def test_a_role_of_the_team_list_is_a_condition(panel: Panel, tmp_path: Path) -> None:
    """New people of next month have a role, while a list of names would leave them out."""
    assert rep_groups.roles_in_team(panel) == {"role": ("agent", "desk")}
    agents = rep_groups.with_scored_role(dataset(), "role", ["agent"])
    assert agents.scored == "role == 'agent'"
    chosen = rep_groups.scored_role(agents)
    assert chosen is not None
    assert (chosen.column, chosen.values) == ("role", ("agent",))
    assert build_panel(agents, tmp_path).frame["rep"].nunique() == 60
    assert rep_groups.with_scored_role(agents, "role", []) == dataset()
    assert rep_groups.scored_role(rep_groups.with_scored_names(dataset(), ["Desk 1"], panel)) is None


def test_the_picture_shows_who_has_any_of_it(panel: Panel) -> None:
    groups = rep_groups.group_reps(panel)
    scored = rep_groups.with_scored_groups(dataset(), groups, [0], panel).scored
    drawn = people_rows(panel, groups, scored, {rep: rep for rep in panel.reps["rep"]})
    assert drawn.groupby("measure")["state"].value_counts().to_dict() == {
        ("Calls", "scored"): 60, ("Calls", "none"): 8, ("Offers", "scored"): 58, ("Offers", "none"): 10,
        ("Accepted", "not scored"): 8, ("Accepted", "none"): 60,
    }  # fmt: skip
    assert drawn["name"].iloc[0].startswith("User")
    assert people_chart(drawn).to_dict()["height"] == {"step": 18}
    assert people_alt(drawn) == "68 people. Calls: 60 have some; Offers: 58 have some; Accepted: 8 have some."


def test_a_measure_may_be_called_value(tmp_path: Path) -> None:
    """A sheet whose name says nothing has the measure "Value": the picture ended in an exception."""
    (tmp_path / "Report.csv").write_text(
        "rep,Jan 2024,Feb 2024,Mar 2024\nAnn Lee,1,2,3\nBob Ray,,,4\n", encoding="utf-8"
    )
    dataset, _ = guess_dataset(tmp_path, ["Report.csv"])
    assert dataset is not None
    made = build_panel(dataset, tmp_path)
    drawn = people_rows(made, rep_groups.group_reps(made), ("Ann Lee",), {rep: rep for rep in made.reps["rep"]})
    assert drawn[["name", "measure", "value", "state"]].to_numpy().tolist() == [
        ["Ann Lee", "Value", 6.0, "scored"], ["Bob Ray", "Value", 4.0, "not scored"],
    ]  # fmt: skip


def test_a_log_of_activities_has_a_measure_for_each(tmp_path: Path) -> None:
    """Only the number of all rows was counted, and amounts of offers and acceptances added up."""
    (tmp_path / "log.csv").write_text(
        loans().replace("case,rep,date,step,amount", "case_id,resource,time,activity,amount"), encoding="utf-8"
    )
    made, _ = guess_dataset(tmp_path, ["log.csv"])
    assert made is not None
    assert made.sources[0].rep == "resource"
    totals = build_panel(made, tmp_path).everybody[["call", "offer", "accepted", "won_amount"]].sum()
    assert totals.tolist() == [240, 240, 240, sum(range(1000, 1240))]


def school(folder: Path) -> int:
    """Write the calls of 33 people over half a year, and the enrolments that 19 of them sold; returns their value."""
    calls, sold = ["Call Id,Agent,Called At,Outcome"], ["Enrolment Id,Counsellor,Enrolled On,Fee"]
    for number in range(33 * 60):
        person, month = number % 33, number // 33 % 6 + 1
        outcome = ("No answer", "Talked", "Talked", "Call back")[number % 4]
        calls.append(f"C{number},Agent {person:02d},2024-{month:02d}-{number % 27 + 1:02d} 10:00:00,{outcome}")
    for number in range(19 * 12):
        day = f"2024-{number // 19 % 6 + 1:02d}-{number % 26 + 1:02d}"
        sold.append(f"E{number},Agent {number % 19:02d},{day},{900 + number}")
    (folder / "calls.csv").write_text("\n".join(calls), encoding="utf-8")
    (folder / "enrolments.csv").write_text("\n".join(sold), encoding="utf-8")
    return sum(900 + number for number in range(19 * 12))


def test_of_a_school_with_33_callers_the_19_who_sell_are_told_apart(tmp_path: Path) -> None:
    """Ties at nothing were winners, and a goal that 14 people never reach had a target of 0."""
    fees = school(tmp_path)
    made, _ = guess_dataset(tmp_path, ["calls.csv", "enrolments.csv"])
    assert made is not None
    whole = build_panel(made, tmp_path)
    groups = rep_groups.group_reps(whole)
    assert sorted(len(group.reps) for group in groups) == [14, 19]
    rare = rep_groups.rarest_work(whole, groups)
    assert rare is not None
    assert rare[1] == 19
    fee = next(info.name for info in whole.measures if info.aggregate == "sum" and "fee" in info.name.lower())
    assert whole.everybody[fee].sum() == fees
    sellers = next(place for place, group in enumerate(groups) if len(group.reps) == 19)
    scored = build_panel(rep_groups.with_scored_groups(made, groups, [sellers], whole), tmp_path)
    assert (scored.frame["rep"].nunique(), scored.unscored["rep"].nunique()) == (19, 14)
    design = Design(name="d", goal=Goal(measure=fee, target=1000.0), kpis=(
        Kpi(name="Talked", formula="talked", target=5.0, weight=100.0),))  # fmt: skip
    assert "talked" in whole.measure_names
    found = run_backtest(whole, design, top=25)
    assert set(found.awards.best_sellers) <= set(groups[sellers].reps)
