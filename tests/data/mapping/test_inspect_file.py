"""The look at a file, and its command."""

from __future__ import annotations

import csv
import json

import pytest

from tests.real_files import real_files
from workbench.cli.main import main
from workbench.data.mapping.inspect_file import inspect_file

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "vslash": "|", "nsign": "#", "space": " "}
ENCODINGS = {
    "utf8": {"utf-8"},
    "ascii": {"utf-8"},
    "ansi": {"cp1252", "latin-1"},
    "windows-1251": {"cp1251"},
    "shif-jis": {"cp932"},
    "utf16": {"utf-16", "utf-16-le", "utf-16-be"},
}
JAPANESE_CALLED_ANSI = {"dbpj_female_fbg.csv"}  # its header is Shift-JIS, whatever the list of files says


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2.5", "-3"], "number"),
        (["1,5", "1.200,25"], "number"),
        (["$1.50", "(€ 2)", "3 kr"], "money"),
        (["1%", "2.5 %"], "percent"),
        (["2024-01-02", "2024-01-03"], "date"),
        (["20240102", "20240103"], "date"),
        (["Jan 2024", "Feb 2024"], "date"),
        (["2024-01-02 10:15", "2024-01-03"], "datetime"),
        (["0012", "0345"], "id"),
        (["1234567890123456789", "1234567890123456780"], "id"),
        (["12345678", "99999999"], "number"),
        (["12.3456", "10.2024"], "number"),
        (["Anna", "2"], "text"),
        (["REP 07", "REP 08"], "text"),
        (["n/a", "-"], "text"),
        (["", ""], "empty"),
    ],
)
def test_types(tmp_path, values, kind):
    path = tmp_path / "f.tsv"
    path.write_text("n\tx\n" + "".join(f"{i}\t{value}\n" for i, value in enumerate(values)), encoding="utf-8")
    assert inspect_file(path).columns[1].type == kind


def test_the_command_prints_what_is_promised(tmp_path, capsys):
    path = tmp_path / "f.csv"
    path.write_text("Report\n\nrep;when;won\nAnna;01/02/2024;1.200,50\nBob;;2,5\nCleo;3/2/2024;\n", encoding="utf-8")
    assert main(["look", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    columns = found.pop("columns")
    issues = found.pop("issues")
    assert found == {
        "encoding": "utf-8",
        "delimiter": ";",
        "quote": '"',
        "decimal": ",",
        "header_row": 3,
        "n_rows": 3,
        "n_columns": 3,
    }
    assert columns[2] == {"name": "won", "type": "number", "n_blank": 1, "examples": ["1.200,50", "2,5"]}
    assert [issue["code"] for issue in issues] == ["preamble"]


def test_the_command_in_words(tmp_path, capsys):
    path = tmp_path / "f.csv"
    path.write_text("rep,when\nAnna,2024-01-02\n", encoding="utf-8")
    assert main(["look", str(path)]) == 0
    assert "1 rows, 2 columns\n  rep  text, 0 blank: Anna\n  when  date" in capsys.readouterr().out


def test_an_empty_file_is_described(tmp_path, capsys):
    path = tmp_path / "f.csv"
    path.write_bytes(b"")
    assert main(["look", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["n_rows"], found["n_columns"], found["issues"][0]["code"]) == (0, 0, "empty_file")


def test_what_is_no_table_ends_with_2(tmp_path, capsys):
    path = tmp_path / "f.csv"
    path.write_bytes(b"%PDF-1.7")
    assert main(["look", str(path)]) == 2
    assert "PDF" in capsys.readouterr().err


def test_types_of_a_long_file_are_told_from_rows_all_over_it(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text("a,b\n" + "1,x\n" * 30_000 + "x,\n" * 30_000, encoding="utf-8")
    found = inspect_file(path)
    assert [(column.type, column.n_blank) for column in found.columns] == [("text", 0), ("text", 30_000)]


def manifest():
    with (real_files("messy_csv") / "manifest.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_public_defect_suites_are_read_as_annotated():
    wrong = []
    for row in manifest():
        found = inspect_file(real_files("messy_csv") / "files" / row["file"])
        if found.delimiter != DELIMITERS[row["delimiter"]] or found.encoding not in ENCODINGS[row["encoding"]]:
            wrong.append(row["file"])
    assert set(wrong) <= JAPANESE_CALLED_ANSI


@pytest.mark.parametrize(
    ("folder", "name", "n_rows", "types"),
    [
        ("maven_crm", "sales_pipeline.csv", 8800, "text text text text text date date number"),
        ("maven_crm", "sales_pipeline_ddmmyyyy_variant.csv", 8800, "text text text text text date date number"),
        ("adventureworks", "Sales.csv", 57851, "text date number number number number number number number number"),
    ],
)
def test_real_files(folder, name, n_rows, types):
    found = inspect_file(real_files(folder) / name)
    assert (found.n_rows, " ".join(column.type for column in found.columns)) == (n_rows, types)
    assert not [issue for issue in found.issues if issue.level != "info"]
