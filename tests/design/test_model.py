"""The design file's form: one clear message a mistake, and a round trip through JSON that loses nothing."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.design.model import Design, Goal, Kpi, Scoring, TargetStep, Within, design_json, parse_design
from workbench.errors import InputError, Where
from workbench.words.issues import describe_issue

numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)
positive = st.floats(min_value=0, max_value=1e6, allow_nan=False)
ranges = st.lists(numbers, min_size=2, max_size=2, unique=True).map(lambda pair: (min(pair), max(pair)))
directions = st.one_of(st.sampled_from(["higher", "lower"]), ranges.map(lambda pair: Within(within=pair)))
days = st.dates(dt.date(1000, 1, 1)).map(str)
steps = st.lists(st.tuples(days, numbers), min_size=1, max_size=3).map(
    lambda pairs: tuple(TargetStep(start=day, value=value) for day, value in pairs)
)
targets = st.one_of(st.none(), numbers, st.text(min_size=1).filter(str.strip), steps)
texts = st.text(min_size=1, max_size=12)
leaf = st.builds(
    Kpi, name=texts, formula=st.none() | texts, target=targets, weight=positive, direction=directions,
    unit=st.none() | texts, role=st.sampled_from([None, "lead", "lag", "diagnostic"]), necessary=st.none() | texts,
    anchors=st.none() | ranges, drives=st.none() | texts, edge=st.sampled_from([None, "part_of", "believed"]),
    percentile=st.none() | st.floats(0, 100), minutes_each=st.none() | positive,
)  # fmt: skip
kpis = st.recursive(
    leaf,
    lambda inner: st.builds(Kpi, name=texts, kpis=st.lists(inner, min_size=1, max_size=3).map(tuple), weight=positive),
    max_leaves=5,
)
goals = st.builds(Goal, measure=texts, label=st.none() | texts, target=targets, direction=directions)
scorings = st.builds(Scoring, points=st.sampled_from(["attainment", "percentile", "zscore", "minmax"]),
                     combine=st.sampled_from(["mean", "geometric", "minimum"]), floor=st.just(-5), cap=positive,
                     window=st.none() | st.tuples(days, days))  # fmt: skip


def designs_of(least: int) -> st.SearchStrategy[Design]:
    """Designs with at least so many KPIs at the top."""
    parts = st.lists(kpis, min_size=least, max_size=4).map(tuple)
    return st.builds(Design, name=texts, goal=st.none() | goals, kpis=parts, scoring=scorings, note=st.none() | texts)


designs = designs_of(0)


@given(designs)
def test_a_design_survives_json(design):
    assert parse_design(json.loads(json.dumps(design_json(design)))) == design


def refused(**content):
    with pytest.raises(InputError) as caught:
        parse_design({"name": "d", **content})
    return caught.value.issues


@pytest.mark.parametrize(
    ("target", "says"),
    [
        (float("nan"), "finite number"),
        (True, "A target is a number, a formula in quotes, or steps"),
        ({}, "A target is a number"),
        ("  ", "A target is a number"),
        ([], "A target is a number"),
        ([{"from": "2024-13", "value": 1}], "“2024-13” is no date"),
        ([{"from": "last year", "value": 1}], "“last year” is no date"),
        ([{"from": "2024"}], "“value” is required"),
    ],
)
def test_a_wrong_target_gives_one_message(target, says):
    (issue,) = refused(goal={"measure": "sales", "target": target})
    said = describe_issue(issue)
    assert says in said.message + said.fix
    assert "goal → target" in said.where


@pytest.mark.parametrize(
    ("direction", "says"),
    [("up", "'higher' or 'lower'"), (3, "A direction is"), ({"within": [2, 1]}, "the lower first"),
     ({"within": [1, float("inf")]}, "finite")],
)  # fmt: skip
def test_a_wrong_direction_gives_one_message(direction, says):
    (issue,) = refused(goal={"measure": "sales", "direction": direction})
    assert says in describe_issue(issue).message + describe_issue(issue).fix


def test_every_problem_is_named_at_once():
    issues = refused(goal={"mesure": "x"}, kpis=[{"name": "a", "weight": -1}, {"formula": "b"}], scoring={"floor": 200})
    assert len(issues) == 5
    assert {issue.code for issue in issues} == {"missing_field", "unknown_field", "bad_value"}


def test_leaves_and_everything_of_a_nested_kpi():
    tree = Kpi(name="a", kpis=(Kpi(name="b", formula="x"), Kpi(name="c", kpis=(Kpi(name="d", formula="y"),))))
    assert [kpi.name for kpi in tree.leaves()] == ["b", "d"]
    assert [kpi.name for kpi in tree.everything()] == ["a", "b", "c", "d"]


def test_what_needs_a_goal_gets_it_or_is_told_to_choose_one():
    assert Design(name="d", goal=Goal(measure="won")).required_goal.measure == "won"
    with pytest.raises(InputError) as refused:
        Design(name="d").required_goal.measure.upper()
    assert [(issue.code, issue.where) for issue in refused.value.issues] == [("no_goal", Where(design="d"))]
