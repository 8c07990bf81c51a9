"""Exports open without the app: no script, no link, no formula, and no hidden name, whatever people wrote."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, random_panel
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.export import workbook
from workbench.export.content import ExportContent, gather_export
from workbench.export.write_export import FORMATS
from workbench.scoring.backtest import run_backtest
from workbench.words.export import goal_line, missing_reasons_line, team_rows
from workbench.words.rep_names import without_rep_names

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")', "<script>alert(1)</script>", "http://evil.example/a", "two\nlines",
    "+1+cmd|' /C calc'!A0", "@SUM(A1)", '"><img src=x onerror=alert(1)>', "-2+3",
)  # fmt: skip
DAY = "30 November 2026"


@pytest.fixture(scope="module")
def panel() -> Panel:
    """Eight reps whose names are attacks."""
    made = random_panel(3)
    called = dict(zip(sorted(made.reps["rep"]), HOSTILE, strict=True))
    frame, reps = (rows.assign(rep=rows["rep"].map(called)) for rows in (made.frame, made.reps))
    return replace(made, name="=data & <b>", frame=frame.sort_values(["rep", "period"], ignore_index=True), reps=reps)


@pytest.fixture(scope="module")
def design() -> Design:
    """Every text that people write is an attack, and two of them name a rep."""
    calls = {**CALLS, "name": "=1+1", "necessary": f"As {HOSTILE[1].upper()} says: <b>must</b>", "owner": HOSTILE[0],
             "note": HOSTILE[2], "unit": "<i>calls</i>"}  # fmt: skip
    made = design_of(calls, MEETINGS, {**WIN_RATE, "weight": 0}, goal={"measure": "sales", "target": 1000,
                                                                       "label": "@Sales", "unit": "USD"})  # fmt: skip
    return made.model_copy(update={"name": "=cmd() </title><script>", "note": f"Made for {HOSTILE[5]}"})


def gathered(panel: Panel, design: Design, hidden: bool) -> ExportContent:
    return gather_export(panel, design, hidden=hidden, current=design_of(MEETINGS))


@pytest.fixture(scope="module")
def made(panel: Panel, design: Design) -> dict[bool, dict[str, bytes]]:
    """The three files, by whether names are hidden."""
    return {hidden: {kind: make(gathered(panel, design, hidden), DAY) for kind, make in FORMATS.items()}
            for hidden in (False, True)}  # fmt: skip


class Tags(HTMLParser):
    """Every tag and attribute, and the text between."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_has_no_script_and_nothing_to_load(made: dict[bool, dict[str, bytes]]) -> None:
    page = Tags(made[False]["html"].decode())
    assert page.tags <= {"html", "head", "meta", "title", "style", "body", "section", "h1", "h2", "p", "table", "thead",
                         "tbody", "tr", "th", "td", "strong", "em", "figure", "svg", "g", "path", "rect", "text",
                         "line", "defs", "clippath", "tspan"}  # fmt: skip
    asking = {"href", "src", "xlink:href", "action", "background", "data", "poster", "srcset"}
    assert [pair for pair in page.attributes if pair[0] in asking or pair[0].startswith("on")] == []
    assert [value for name, value in page.attributes if "url(" in value.replace("url(#", "")] == []
    assert "svg" in page.tags


def test_every_name_stands_on_the_page_as_text(made: dict[bool, dict[str, bytes]]) -> None:
    text = " ".join(Tags(made[False]["html"].decode()).text.split())
    assert [name for name in HOSTILE if " ".join(name.split()) not in text] == []
    assert "=cmd() </title><script>" in text


def test_what_the_browser_may_load_is_nothing(made: dict[bool, dict[str, bytes]]) -> None:
    assert b"default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;" in made[False]["html"]


def cells(book: bytes) -> list[object]:
    opened = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return [cell for name in opened.sheet_names for row in opened.get_sheet_by_name(name).to_python() for cell in row]


def test_no_cell_is_a_formula_or_a_link(made: dict[bool, dict[str, bytes]]) -> None:
    parts = zipfile.ZipFile(io.BytesIO(made[False]["xlsx"]))
    sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 5
    tags = {node.tag.split("}")[1] for name in sheets for node in ET.fromstring(parts.read(name)).iter()}
    assert tags & {"f", "hyperlink", "hyperlinks"} == set()
    assert [name for name in parts.namelist() if b"TargetMode" in parts.read(name)] == []
    assert {name for name in HOSTILE if name not in cells(made[False]["xlsx"])} == set()


def test_text_stays_text_when_a_cell_is_edited(made: dict[bool, dict[str, bytes]]) -> None:
    """Excel makes a formula of ``=1+1`` when somebody presses Enter in its cell, unless the cell is one of text."""
    parts = zipfile.ZipFile(io.BytesIO(made[False]["xlsx"]))
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    looks = ET.fromstring(parts.read("xl/styles.xml")).find(f"{main}cellXfs")
    text = {place for place, look in enumerate(looks) if look.get("numFmtId") == "49" and look.get("quotePrefix")}
    used = {int(cell.get("s", 0)) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")
            for cell in ET.fromstring(parts.read(name)).iter(f"{main}c") if cell.get("t") == "s"}  # fmt: skip
    assert used - text == set()
    assert len(used) > 1


def test_numbers_with_parts_have_as_many_digits_as_their_column(made: dict[bool, dict[str, bytes]]) -> None:
    """A format of optional digits left a bare point: 71 was shown as "71."."""
    parts = zipfile.ZipFile(io.BytesIO(made[False]["xlsx"]))
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    styles = ET.fromstring(parts.read("xl/styles.xml"))
    assert {each.get("formatCode") for each in styles.iter(f"{main}numFmt")} == {"#,##0.0"}
    with xlsxwriter.Workbook(io.BytesIO()) as book:
        sheets = workbook._Sheets(book)
        forms = [sheets._number_format("Score", pd.Series(each)).num_format for each in ([71.0, 55.3], [0.87, 0.1])]
        book.add_worksheet("Empty")
    assert forms == ["#,##0.0", "0.00"]


def everything_in(kind: str, content: bytes) -> str:
    """All text of a file: of a workbook, that of all its parts."""
    if kind == "html":
        page = Tags(content.decode())
        return page.text + " ".join(value for _, value in page.attributes)
    if kind == "json":
        return str(json.loads(content))
    return " ".join(str(cell) for cell in cells(content)) + repr(zipfile.ZipFile(io.BytesIO(content)).namelist())


@pytest.mark.parametrize("kind", FORMATS)
def test_hidden_names_are_nowhere_in_the_file(kind: str, made: dict[bool, dict[str, bytes]]) -> None:
    shown, hidden = (everything_in(kind, made[each][kind]).casefold() for each in (False, True))
    told = [name for name in HOSTILE if name != "two\nlines"]
    names = [repr(name)[1:-1].casefold() if kind == "json" else name.casefold() for name in told]
    assert [name for name in names if name not in shown] == []
    assert [name for name in names if name in hidden] == []
    assert [place for place in range(1, 9) if f"rep 0{place}" not in hidden] == []


def test_json_has_the_backtest_and_the_design(panel: Panel, design: Design, made: dict[bool, dict[str, bytes]]) -> None:
    found, backtest = json.loads(made[False]["json"]), run_backtest(panel, design)
    assert set(backtest.as_json()) <= set(found)
    assert found["scorecard"]["agreement"]["across_reps"]["rho"] == pytest.approx(backtest.scorecard.across_reps.rho)
    assert [kpi["name"] for kpi in found["design"]["kpis"]] == ["=1+1", "Meetings", "Win rate"]
    assert found["awards"]["overlap"] == backtest.awards.overlap
    assert found["data"]["key"] == panel.key


def test_files_say_the_same_numbers(panel: Panel, design: Design, made: dict[bool, dict[str, bytes]]) -> None:
    content = gathered(panel, design, False)
    text = Tags(made[False]["html"].decode()).text
    said = json.loads(made[False]["json"])["said"]
    assert [sentence for sentence in said if sentence not in text] == []
    scores = {row["rep"]: row["score"] for row in content.backtest.reps.to_dict("records")}
    in_book = [cell for cell in cells(made[False]["xlsx"]) if isinstance(cell, float)]
    assert [score for score in scores.values() if min(abs(score - cell) for cell in in_book) > 1e-9] == []


def test_reps_see_no_colleague_on_their_page(made: dict[bool, dict[str, bytes]]) -> None:
    page = made[False]["html"].decode()
    for_reps = page[: page.index("class='leadership'")]
    assert [rank for rank in ("Rank by score", "Best sellers") if rank in for_reps] == []
    assert "Why it is necessary" in for_reps


def test_the_scale_of_links_is_whole_in_the_small_print(made: dict[bool, dict[str, bytes]]) -> None:
    text = Tags(made[False]["html"].decode()).text
    assert "Links: very strong from 0.7, strong from 0.5, moderate from 0.3, weak below." in text


def test_the_page_says_whose_target_it_is_and_nothing_of_filters(made: dict[bool, dict[str, bytes]]) -> None:
    text = Tags(made[False]["html"].decode()).text
    assert "Goal: @Sales, target $1,000 per rep and month" in text
    assert "filter" not in text
    assert "Equal scores share a rank." in text


@pytest.mark.parametrize(("goal", "said"), [
    ({"unit": "per month"}, "Goal: sales, target 10 per rep and month"),
    ({"percentile": 67}, "Goal: sales, proposed target 10 per rep and month"),
    ({"target": "2 * calls"}, "Goal: sales, a target per rep"),
    ({"target": None}, "Goal: sales"),
    ({"direction": {"within": [1, 2]}}, "Goal: sales, between 1 and 2 per rep and month"),
])  # fmt: skip
def test_every_kind_of_goal_is_one_line(goal: dict[str, object], said: str) -> None:
    assert goal_line(design_of(CALLS, goal={"measure": "sales", "target": 10, **goal}), "month") == said


def test_what_a_reprimand_is_and_what_evidence_is_fit_any_team(made: dict[bool, dict[str, bytes]]) -> None:
    text = Tags(made[False]["html"].decode()).text
    told = "A reprimand is one rep in one month with a score below 100 points."
    assert told in text
    assert told in cells(made[False]["xlsx"])
    assert "24 reps" not in text
    assert "however long the history, a rep counts once" in text


def test_kpis_without_a_reason_are_named_before_the_export() -> None:
    reasoned = {**MEETINGS, "necessary": "Nobody buys unmet"}
    assert missing_reasons_line(design_of(CALLS, reasoned)) == (
        "No reason is recorded for Calls. The file will say so."
    )
    assert missing_reasons_line(design_of({**CALLS, "weight": 0}, reasoned)) == ""


def test_a_scorecard_is_not_compared_with_itself_under_another_name(panel: Panel) -> None:
    one, other = (design_of(MEETINGS).model_copy(update={"name": name}) for name in ("One", "Other"))
    assert gather_export(panel, one, hidden=False, current=other).current is None
    assert gather_export(panel, one, hidden=False, current=design_of(CALLS)).current is not None


def test_what_is_for_reps_holds_no_rank_and_no_sales(panel: Panel, design: Design) -> None:
    said = design.model_copy(update={"note": "", "kpis": tuple(
        kpi.model_copy(update={"necessary": "", "owner": ""}) for kpi in design.kpis)})  # fmt: skip
    content = gather_export(panel, said, hidden=False, current=design_of(MEETINGS), audience="reps")
    made = {kind: make(content, DAY) for kind, make in FORMATS.items()}
    page, book = made["html"].decode(), CalamineWorkbook.from_filelike(io.BytesIO(made["xlsx"]))
    assert "<h2>How the score is computed</h2>" in page
    assert [
        part for part in ("<section class='leadership'", "<svg", "Rank by score", "Best sellers") if part in page
    ] == []
    assert book.sheet_names == ["Scorecard"]
    assert set(json.loads(made["json"])) == {
        "name",
        "goal",
        "note",
        "method",
        "scorecard_page",
        "not_counted",
        "exported",
    }
    texts = [Tags(page).text, made["json"].decode(), *map(str, cells(made["xlsx"]))]
    assert [rep for rep in HOSTILE for text in texts if rep in text] == []


def test_a_kpi_without_weight_is_named_and_not_asked_for(panel: Panel, made: dict[bool, dict[str, bytes]]) -> None:
    dropped = {**CALLS, "weight": 0, "necessary": "You cannot sell without calls"}
    text = Tags(FORMATS["html"](gather_export(panel, design_of(dropped, MEETINGS), hidden=False), DAY).decode()).text
    assert "Not counted: Calls." in text
    assert "You cannot sell without calls" not in text
    found = json.loads(made[False]["json"])
    assert (found["not_counted"], [row["KPI"] for row in found["scorecard_page"]]) == (
        ["Win rate"],
        ["=1+1", "Meetings"],
    )
    assert (
        "Not counted"
        not in Tags(FORMATS["html"](gather_export(panel, design_of(CALLS), hidden=False), DAY).decode()).text
    )


def test_a_scorecard_without_weights_ranks_nobody_and_says_so(panel: Panel) -> None:
    empty = gather_export(panel, design_of({**CALLS, "weight": 0}), hidden=False)
    page = FORMATS["html"](empty, DAY).decode()
    assert "Give a KPI some weight to rank the reps." in page
    assert "place by score" not in page
    assert len(FORMATS["xlsx"](empty, DAY)) > 5_000


def test_a_long_text_is_cut_and_not_left_out(panel: Panel) -> None:
    long = design_of({**CALLS, "necessary": "x" * 40_000})
    book = FORMATS["xlsx"](gather_export(panel, long, hidden=False), DAY)
    assert max(len(cell) for cell in cells(book) if isinstance(cell, str)) == 32_767


def test_pictures_are_drawn_in_lines_and_letters(made: dict[bool, dict[str, bytes]]) -> None:
    page = made[False]["html"].decode()
    assert len(re.findall(r"<svg role=\"img\" aria-label=\"[^\"]{20,}\"", page)) == 2
    assert re.findall(r"<image|data:image|@font-face", page) == []


def test_the_command_writes_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.scoring.test_backtest_command import _written
    from workbench.cli.main import main

    random_panel(1).frame.to_csv(tmp_path / "rows.csv", index=False)
    measures = [{"name": name, "aggregate": "sum", "column": name} for name in ("calls", "meetings", "sales")]
    source = {"name": "rows", "location": "rows.csv", "rep": "rep", "date": "period", "measures": measures}
    goal = {"measure": "sales", "target": 1000}
    files = _written(tmp_path, {"name": "t", "sources": [source]}, {"name": "d", "goal": goal, "kpis": [CALLS]})
    assert main(["export", *files, "--out", str(tmp_path / "a.html"), "--hide-names", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["names_hidden"] is True
    assert "rep 03" not in (tmp_path / "a.html").read_text().replace("Rep 03", "")
    assert main(["export", *files, "--out", str(tmp_path / "r.html"), "--for", "reps"]) == 0
    assert "the scorecard alone" in capsys.readouterr().out
    assert "class='leadership'" in (tmp_path / "a.html").read_text()
    assert "class='leadership'" not in (tmp_path / "r.html").read_text()
    assert main(["export", *files, "--out", str(tmp_path / "a.pdf")]) == 2
    assert ".html or .xlsx or .json" in capsys.readouterr().err
    assert main(["export", *files, "--out", str(tmp_path / "no" / "a.json")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_texts_with_a_name_are_changed_whole_names_only() -> None:
    names = {"Ana": "Rep 01", "Ana Ruiz": "Rep 02", "12": "Rep 03"}
    assert without_rep_names("ana ruiz and Ana, not Anabel; 12 calls", names) == (
        "Rep 02 and Rep 01, not Anabel; 12 calls"
    )
    assert without_rep_names("Ana", {"Ana": "Ana"}) == "Ana"


def test_a_kpi_called_goal_takes_no_other_column(panel: Panel) -> None:
    design = design_of({**CALLS, "name": "Goal"}, {**MEETINGS, "name": "Score"})
    found = run_backtest(panel, design)
    rows = team_rows(found, panel.grain)
    assert [name for name in rows if name.endswith(" hit")] == ["Goal hit", "Score hit", "KPI: Goal hit",
                                                                "KPI: Score hit"]  # fmt: skip
    for column, own in (("Goal hit", "goal_hit"), ("KPI: Goal hit", "hit·Goal")):
        known = found.team[own].dropna()
        assert [said == "yes" for said in rows.loc[known.index, column]] == [hit == 1 for hit in known]
