"""Every problem has one sentence: the codes that any floor raises, the parts they carry, and what the reader sees."""

import ast
import datetime as dt
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from workbench.data.mapping.fixes import CLICKED, Fix
from workbench.data.model.dataset import DataSet, Source
from workbench.errors import Amount, Area, Examples, InputError, Issue, Spelling, Where
from workbench.words import (
    issues_commands,
    issues_data_set,
    issues_design,
    issues_fields,
    issues_files,
    issues_formula,
    issues_mapping,
)
from workbench.words.fixes import LABELS, fix_label
from workbench.words.issue_places import AREAS, place_words
from workbench.words.issues import SENTENCES, describe_issue, issue_json, issue_line

PACKAGE = Path(__file__).parents[2] / "workbench"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "words" not in path.relative_to(PACKAGE).parts)
EXAMPLES = {
    "amounts": (Amount("won", 3), Amount("value", 40.5, "EUR")),
    "begin": "2024-01", "better": "lower", "choice": "roster", "column": "amount", "columns": ("product",),
    "days": Examples.of(["2042-03-01"]), "decimal": ",", "difference": "alphabet",
    "encoding": "cp1252", "end": "2024-06", "ending": ".txt", "endings": (".parquet", ".csv"), "examples": ("n/a",),
    "filled": 0.97, "first": "Dials", "first_row": 7, "formats": ("%d/%m/%Y", "%m/%d/%Y"), "given": "hihger",
    "here": ("Müller",), "keys": Examples.of(["a", "b", "c", "d", "e", "f"]), "known": Examples.of(["won", "lost"]),
    "lacking": "date", "last": "Ann", "limit": "'higher' or 'lower'", "link": 0.991, "meaning": "thousands",
    "measures": ("won", "lost"), "met": "never", "most": 7, "n": 3, "name": "wno", "names": Examples.of(["a 2"]),
    "near": "won", "order": "dmy", "other": "mdy", "others": Examples.of(["Cid"]), "position": 4, "rep": "agent",
    "date": "day", "reason": "slashes", "reps": Examples.of(["Ann", "Ben"]), "said": "Wrong", "sheet": "Deals",
    "shown": "won / ▸clsed", "spellings": (Spelling("Ann", "Ann", 4), Spelling("ann", "Ann", 1)),
    "there": ("Mller",), "timezone": None, "value": 1.0, "what": "file", "aggregate": "sum",
    "n_named": 2, "n_columns": 2, "n_cells": 4, "n_names": 3, "n_lines": 2, "n_spellings": 1, "n_expected": 6_000_000,
    "goal": "Sales", "n_problems": 2, "share": 0.8, "n_known": 12, "n_kpis": 9, "n_values": 30, "n_in": 100,
    "grain": "month", "stage": "Prospecting", "good": 0.98, "rest": 0.02, "since": "2025-07-03",
    "number": "A1B2C3", "allowed": 400_000_000, "variable": "WORKBENCH_MAX_CELLS", "cell": "XFD1048576", "n_filled": 96,
    "early": "Talked", "late": "Set", "unit": "office", "due": 9,
    "attribute": "team", "values": ("North", "South"),
}  # fmt: skip
# Parts that mean something else for one code than for the others.
OWN = {
    "bad_value": {"problem": "literal_error"},
    "comparison": {"problem": "unlinked"},
    "encoding": {"problem": "doubtful", "other": "cp1250"},
    "file_missing": {"problem": "unreadable", "reason": "No such file"},
    "formula": {"problem": "unknown_name", "name": "clsed", "near": "closed", "known": Examples.of(["closed"])},
    "guess": {"name": "rep"},
    "lookup_no_match": {"columns": Examples.of(["series"])},
    "no_guess": {"lacking": ("rep", "date")},
    "not_a_table": {"what": "pdf"},
    "past_limit": {"limit": "cells"},
    "query_not_allowed": {"problem": "statement", "name": "COPY"},
    "repeated_name": {"what": "measure"},
    "same_file": {"other": "b.csv"},
    "taken_name": {"what": "measure"},
    "unreadable": {"what": "date"},
    "maybe_near_copy": {"other": "Dials", "n_reps": 3},
    "near_copy": {"other": "Dials"},
    "copy": {"other": "Dials"},
    "coverage": {
        "low": "2024-02-01",
        "high": "2024-04-01",
        "first": "2024-01-01",
        "last": "2024-12-01",
        "grain": "month",
    },
    "lacks_columns": {"columns": Examples.of(["note"])},
    "still_open": {"first": "2024-09-01", "last": "2024-12-01", "grain": "month", "wait": 104},
}


def issues_made(path: Path) -> Iterator[tuple[ast.Call, ast.expr]]:
    """The calls of a module that make an issue, each with the expression of its code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passing_on = {id(call) for makers in ast.walk(tree) if isinstance(makers, ast.FunctionDef)
                  and makers.name in ("_error", "refused", "of") for call in ast.walk(makers)}  # fmt: skip
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name("Issue"), "of"), [_, code, *_]) if id(node) not in passing_on:
                yield node, code
            case ast.Call(ast.Name("refused" | "_error"), [code, *_]) if id(node) not in passing_on:
                yield node, code


def codes(path: Path, code: ast.expr) -> set[str]:
    """What a code may be: as written, or any code among the texts that the module gives to a table or name."""
    if isinstance(code, ast.Constant):
        return {code.value}
    assert isinstance(code, ast.Name), f"{path.name}:{code.lineno}: write the code out, or take it from a table"
    given = [
        node
        for node in ast.parse(path.read_text(encoding="utf-8")).body + list(ast.walk(ast.parse(path.read_text())))
        if isinstance(node, ast.Assign | ast.AnnAssign)
    ]
    texts = {text.value for node in given for text in ast.walk(node) if isinstance(text, ast.Constant)}
    return texts & set(SENTENCES)


MADE = [(path, call, codes(path, code)) for path in MODULES for call, code in issues_made(path)]


def example(code: str, **parts: object) -> Issue:
    """An issue of this code with an example of every part that its sentence takes."""
    wanted = inspect.signature(SENTENCES[code]).parameters
    own = EXAMPLES | OWN.get(code, {}) | parts
    taken = {name for name, each in wanted.items() if each.kind is not each.VAR_KEYWORD and name != "n"}
    if any(each.kind is each.VAR_KEYWORD for each in wanted.values()):
        taken |= set(OWN[code])
    n_rows = 3 if "n" in wanted and wanted["n"].default is inspect.Parameter.empty else None
    return Issue.of("warning", code, Where(file="deals.csv"), n_rows, **{name: own[name] for name in taken})


def test_every_code_has_a_sentence_and_no_sentence_lacks_a_code():
    made = set().union(*(each for _, _, each in MADE))
    assert len(MADE) > 100
    assert made == set(SENTENCES)


@pytest.mark.parametrize(
    ("path", "call", "codes"), [pytest.param(*each, id=f"{each[0].stem}:{each[1].lineno}") for each in MADE]
)
def test_an_issue_carries_what_its_sentence_takes(path, call, codes):
    given = {each.arg for each in call.keywords}
    for code in codes:
        takes = inspect.signature(SENTENCES[code]).parameters
        if not any(each.kind is each.VAR_KEYWORD for each in takes.values()):
            assert given - {None, "n_rows"} <= set(takes), f"{code} takes {', '.join(takes)}"
        single = {name: each for name, each in takes.items() if each.kind is not each.VAR_KEYWORD}
        needed = {name for name, each in single.items() if each.default is each.empty}
        if None not in given:
            assert needed - {"n"} <= given, f"{code} needs {', '.join(needed)}"
        assert ("n" not in needed) or len(call.args) == 4


def test_no_floor_but_words_writes_sentences_into_an_issue():
    for path, call, _ in MADE:
        texts = [text for part in (*call.args, *call.keywords) for text in ast.walk(part)]
        prose = [each.value for each in texts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        assert not [text for text in prose if " " in text and "%" not in text], f"{path.name}:{call.lineno}"


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_code_is_told_in_whole_sentences(code):
    said = describe_issue(example(code))
    assert said.where == "deals.csv"
    assert said.message[:1] not in ("", " ")
    assert "None" not in (said.message + said.fix).removeprefix("None of the ")
    assert "  " not in said.message + said.fix
    assert said.message.rstrip(")").endswith((".", "?", "slashes", "▸clsed"))
    assert said.fix == "" or said.fix.endswith((".", "?"))


@pytest.mark.parametrize(
    ("code", "table"),
    [("bad_value", issues_fields.PROBLEMS), ("comparison", issues_design.COMPARISONS),
     ("not_a_table", issues_files.FOREIGN | {"json": ""}), ("unfinished", issues_mapping.LACKING)],
)  # fmt: skip
def test_every_kind_of_a_problem_is_told(code, table):
    part = {"not_a_table": "what", "unfinished": "lacking"}.get(code, "problem")
    said = [describe_issue(example(code, **{part: kind})) for kind in table]
    assert len({each.message for each in said}) >= len(table) - 6
    assert all(each.message and each.fix for each in said)


def test_a_formulas_problems_are_those_that_the_parser_finds():
    found = set()
    for path in (PACKAGE / "formula").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(ast.Name("raise_formula_error" | "issue_at"), [_, _, _, ast.Constant(str(problem))]):
                    found.add(problem)
                case ast.Call(ast.Attribute(ast.Name("self"), "fail"), [_, ast.Constant(str(problem))]):
                    found.add(problem)
    assert found == set(issues_formula.PROBLEMS)


def test_places_are_said_as_people_look_for_them():
    said = {
        "team list (team.csv)": Where(area="roster", file="team.csv"),
        "team list": Where(area="roster"),
        "source “calls”, “date”": Where(source="calls", column="date"),
        "source “calls”, measure “won”, where": Where(source="calls", measure="won", path=("where",)),
        "source “calls”, matched with products.csv": Where(source="calls", lookup="products.csv"),
        "source “calls”, lookup 2 (products.csv), on": Where(
            source="calls", lookup="products.csv", lookup_number=2, path=("on",)
        ),
        "plan.design.json: kpis → 1 → weight": Where(file="plan.design.json", path=("kpis", 1, "weight")),
        "KPI “Dials”: target": Where(kpi="Dials", path=("target",)),
        "Dials – Meetings": Where(answer=("Dials", "Meetings")),
        "reference period": Where(area="window"),
        "date": Where(column="date"),
    }
    assert {place_words(where): where for where in said.values()} == said
    assert set(AREAS) == set(get_args(Area))


def test_an_issue_is_a_value_with_its_facts():
    issue = Issue.of("warning", "absent_value", Where(source="a"), name="Lost", column="stage", near=None,
                     known=Examples.of(["Won"]))  # fmt: skip
    assert hash(issue) == hash(Issue("warning", "absent_value", Where(source="a"), None, issue.parts))
    assert issue_line(issue) == "warning: source “a”: No row has “Lost” in “stage”. The column has “Won”."
    assert issue_json(issue) == {
        "level": "warning", "code": "absent_value", "where": "source “a”",
        "message": "No row has “Lost” in “stage”.", "fix": "The column has “Won”.", "n_rows": None,
    }  # fmt: skip


def test_an_error_is_readable_for_an_engineer():
    error = InputError(
        Issue.of("error", "unknown_column", Where(source="calls", path=("rep",)), name="repp", near="rep")
    )
    assert str(error) == "unknown_column at source='calls' path=('rep',): name='repp', near='rep'"


INTERNAL = re.compile(r"\b\d{4}-\d\d(-\d\d)?\b|\b[a-z]+_[a-z_]+\b|\broster\b|\bcsv_|\bNone\b(?! of)")
BY_HAND = {*issues_fields.SENTENCES, *issues_design.SENTENCES, *issues_data_set.SENTENCES, *issues_commands.SENTENCES,
           "not_kept"}  # fmt: skip
"""Codes of files that somebody wrote by hand, or of the machine, whose sentences name fields and settings."""
TYPICAL = {
    "measures": ("Won close value", "Calls"), "amounts": (Amount("Won close value", 3),),
    "days": Examples.of(["2042-03-01"]), "low": "2017-03-01", "high": "2017-12-01", "first": "2016-10-01",
    "last": "2017-12-01", "grain": "month",
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(set(SENTENCES) - BY_HAND))
def test_no_sentence_of_the_data_page_has_code_names_or_dates_as_machines_write_them(code):
    takes = inspect.signature(SENTENCES[code]).parameters
    said = describe_issue(example(code, **{name: part for name, part in TYPICAL.items() if name in takes}))
    shown = said.message if code in CLICKED else f"{said.message} {said.fix}"
    assert INTERNAL.findall(shown) == [], shown


def test_a_gap_is_told_in_the_words_of_the_file_and_the_calendar():
    """It said “won_close_value” and “2017-03-01 to 2017-12-01”."""
    said = describe_issue(example("coverage", measures=("Won close value",), column="close_date", low="2017-03-01",
                                  high="2017-12-01", first="2016-10-01", last="2017-12-01", grain="month"))  # fmt: skip
    assert said.message == (
        "“Won close value”, dated by “close_date”, covers March to December 2017, while the data set goes from "
        "October 2016 to December 2017. In the other months the values are missing, not 0."
    )


def test_a_measure_is_placed_by_what_people_call_it():
    assert place_words(Where(source="deals", measure="won_2", title="Won (finance)")) == (
        "source “deals”, measure “Won (finance)”"
    )


@pytest.mark.parametrize("code", sorted(LABELS))
def test_no_button_of_a_fix_has_code_names_or_dates_as_machines_write_them(code):
    source = Source(name="sales_pipeline", location="sales_pipeline.csv", rep="sales_agent", date="close_date")
    days = {"first": dt.date(2017, 3, 1), "last": dt.date(2017, 12, 1)}
    label = fix_label(Fix(code, DataSet(name="d", sources=(source,)), names=("Ana Lopez",), **days))
    assert INTERNAL.findall(label) == [], label
    assert label[0].isupper()
