"""Opening text files as tables of the engine: what is kept, what is repaired, what is said about it."""

from __future__ import annotations

import gzip
import random

import pytest

from tests.data.reading import cells, codes, opened
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.files.table import open_table
from workbench.errors import InputError

LINES = ["rep,date,value", *[f"rep {i},2024-01-{i:02},{i}.50" for i in range(1, 21)]]
ROWS = [line.split(",") for line in LINES[1:]]


@pytest.fixture(scope="module")
def engine():
    with Engine() as engine:
        yield engine


def test_rows_keep_their_number_and_their_text(engine, tmp_path):
    table = opened(engine, tmp_path / "deals.csv", "id,value\n1234567890123456789,007\n,5\n")
    assert table.n_rows == 2
    assert table.rows.order_by(ROW).to_pyarrow().to_pylist() == [
        {"id": "1234567890123456789", "value": "007", ROW: 1},
        {"id": None, "value": "5", ROW: 2},
    ]


def test_only_the_columns_asked_for_are_read(engine, tmp_path):
    table = opened(engine, tmp_path / "f.csv", "\n".join(LINES))
    plan = engine.connection.raw_sql(f"EXPLAIN {table.rows.select('rep', ROW).compile()}").fetchall()[0][1]
    assert "rep" in plan
    assert "value" not in plan


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_line_ends_encodings_and_gzip_do_not_matter(engine, tmp_path, end, encoding, pack):
    text = end.join([*LINES, "José,2024-02-01,1"]) + end
    table = opened(engine, tmp_path / "f.csv", pack(text.encode(encoding)))
    assert cells(table) == [*ROWS, ["José", "2024-02-01", "1"]]
    assert table.issues == ()


@pytest.mark.parametrize("name", ["a b.csv", "[2024] *?.csv", "it's {x}.csv", "ü.txt"])
def test_any_file_name_will_do(engine, tmp_path, name):
    assert cells(opened(engine, tmp_path / name, "\n".join(LINES))) == ROWS


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([*LINES[:5], "rep 5,2024-01-05", *LINES[6:]], {"short_rows": 1}, id="short row"),
        pytest.param([*LINES[:5], LINES[5] + ",x", *LINES[6:]], {"long_rows": 1}, id="long row"),
        pytest.param([*LINES[:5], "", LINES[5], "", *LINES[6:]], {}, id="blank lines"),
        pytest.param([*LINES[:5], ",,", LINES[5], " , ,", *LINES[6:]], {"empty_rows": 2}, id="rows of nothing"),
        pytest.param(["Sales 2024", "", *LINES], {"preamble": 1}, id="title above"),
        pytest.param([*LINES[:1], *LINES], {"header_lines": None}, id="header twice"),
        pytest.param([*LINES, "", *LINES], {"repeated_header": 1}, id="second table"),
        pytest.param(LINES[1:], {"no_header": None, "unnamed_columns": None}, id="no header"),
        pytest.param([line + ",," for line in LINES], {"empty_columns": None}, id="empty columns at the end"),
        pytest.param([LINES[0]], {"no_rows": None}, id="header only"),
        pytest.param([LINES[0] + ",note,extra", *LINES[1:]], {"header_width": None}, id="header too wide"),
    ],
)
def test_what_is_odd_is_said_with_its_row_count(engine, tmp_path, lines, expected):
    assert codes(opened(engine, tmp_path / "f.csv", "\n".join(lines)).issues) == expected


@pytest.mark.parametrize("at", [1, 7, 20], ids=["first row", "amid", "last row"])
@pytest.mark.parametrize("quoted", [False, True], ids=["no other quotes", "other quotes"])
def test_a_quote_that_never_closes_costs_its_own_row(engine, tmp_path, at, quoted):
    lines = [f'"{line.replace(",", chr(34) + "," + chr(34))}"' for line in LINES] if quoted else list(LINES)
    lines[at] = '"' + LINES[at]
    table = opened(engine, tmp_path / "f.csv", "\n".join(lines))
    assert table.n_rows == 20
    got = cells(table)
    assert got[: at - 1] + got[at:] == ROWS[: at - 1] + ROWS[at:]


def test_a_stray_quote_in_a_long_file_does_not_swallow_it(engine, tmp_path):
    lines = [LINES[0], *(f'"{line}"'.replace(",", '","') for line in LINES[1:] * 50)]
    lines[300] = '"' + LINES[20]
    table = opened(engine, tmp_path / "f.csv", "\n".join(lines))
    assert (table.n_rows, codes(table.issues)) == (1000, {"open_quotes": 1})
    assert cells(table)[300:] == (ROWS * 50)[300:]


def test_cells_over_several_lines_stay_whole(engine, tmp_path):
    table = opened(engine, tmp_path / "f.csv", 'rep,note\nAnna,"one\ntwo\n\nthree"\nBob,"x, ""y"""\n')
    assert cells(table) == [["Anna", "one\ntwo\n\nthree"], ["Bob", 'x, "y"']]


def test_names_are_unique_without_regard_to_case(engine, tmp_path):
    table = opened(engine, tmp_path / "f.csv", "Value,value,VALUE,,__row__\na,b,c,d,e\n")
    assert table.columns == ("Value", "value 2", "VALUE 3", "column 4", "__row__ 2")
    assert cells(table) == [["a", "b", "c", "d", "e"]]
    assert set(codes(table.issues)) == {"duplicate_headers", "unnamed_columns"}


def test_names_with_signs_that_mean_something_elsewhere(engine, tmp_path):
    names = ["a'b", "100%", "{x}", "a;b", "select", "ä\\n"]
    table = opened(engine, tmp_path / "f.csv", ",".join(names) + "\n1,2,3,4,5,6\n", delimiter=",")
    assert table.columns == tuple(names)
    assert cells(table) == [list("123456")]


def test_a_heading_over_several_columns_goes_before_each_of_them(engine, tmp_path):
    text = (
        "Expenses of Peter,,,\n,,,\nDate,Travel,,Total\n,Air,Rail,\n04/04/2014,,65.60,65.60\n09/04/2014,3,16.00,19.00\n"
    )
    table = opened(engine, tmp_path / "f.csv", text)
    assert table.columns == ("Date", "Travel Air", "Travel Rail", "Total")
    assert table.form.header_row == 3
    assert cells(table)[0] == ["04/04/2014", None, "65.60", "65.60"]


@pytest.mark.parametrize(
    ("text", "header_row"),
    [
        ("rep,2023,2024\nAnna,5,6\nBob,7,8\n", 1),
        ("id,date\nAX-1,2024-01-02\nAX-2,2024-01-03\n", 1),
        ("Anna,2024-01-02\nBob,2024-01-03\n", None),
        ("north;Anna;fine\nnorth;Bob;busy\nsouth;Cleo;fine\n", None),
        ("region;rep;state\nnorth;Anna;fine\nnorth;Bob;busy\nsouth;Cleo;fine\n", 1),
        ("\tcalls\nfloor\t1\nroof\t2\n", 1),
        ("email,site\na@b.example,https://b.example\nc@d.example,https://d.example\n", 1),
    ],
)
def test_the_header_is_told_by_what_stands_below_it(engine, tmp_path, text, header_row):
    assert opened(engine, tmp_path / "f.csv", text).form.header_row == header_row


def test_what_is_given_is_not_guessed(engine, tmp_path):
    content = "name;note\nŁucja;a,b\nŻaneta;c,d\n".encode("cp1250")
    table = opened(engine, tmp_path / "f.csv", content, encoding="cp1250", delimiter=";")
    assert cells(table) == [["Łucja", "a,b"], ["Żaneta", "c,d"]]
    assert table.issues == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty_file", id="empty"),
        pytest.param(b"\n\n\n", "empty_file", id="blank lines"),
        pytest.param(b"%PDF-1.7 something", "not_a_table", id="pdf"),
        pytest.param(random.Random(1).randbytes(2000), "not_a_table", id="noise"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 50, "not_a_workbook", id="broken zip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "not_a_workbook", id="broken xls"),
        pytest.param(b"\x1f\x8bbroken", "damaged_gzip", id="broken gzip"),
        pytest.param(b"PAR1broken", "unreadable", id="broken parquet"),
        pytest.param(b"SQLite format 3\x00broken", "unreadable", id="broken sqlite"),
    ],
)
def test_what_is_no_table_is_refused_in_words_whatever_its_name(engine, tmp_path, content, code):
    with pytest.raises(InputError) as refusal:
        opened(engine, tmp_path / "f.csv", content)
    assert [issue.code for issue in refusal.value.issues if issue.level == "error"] == [code]


def test_a_missing_file_and_a_folder_are_refused(engine, tmp_path):
    (tmp_path / "folder").mkdir()
    for name in ("nothing.csv", "folder"):
        with pytest.raises(InputError, match=r"file_missing at .*problem='unreadable'"):
            open_table(name, folder=tmp_path, engine=engine)


def test_the_scratch_folder_is_gone_after_use(tmp_path):
    with Engine() as engine:
        opened(engine, tmp_path / "f.csv", "\n".join(LINES).encode("utf-16"))
        assert engine.folder.is_dir()
    assert not engine.folder.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_letters_that_a_given_encoding_does_not_have_are_marked(engine, tmp_path, encoding):
    table = opened(engine, tmp_path / "f.csv", "rep,n\nJosé,1\nZoë,2\n".encode("cp1252"), encoding=encoding)
    assert cells(table) == [["Jos�", "1"], ["Zo�", "2"]]


def test_a_given_encoding_that_cannot_be_the_files_is_refused(engine, tmp_path):
    with pytest.raises(InputError, match="encoding='utf-16', problem='wrong'"):
        opened(engine, tmp_path / "f.csv", "rep,n\nJosé,1\n".encode("cp1252"), encoding="utf-16")


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex"])
def test_an_encoding_that_is_none_is_refused(engine, tmp_path, encoding):
    with pytest.raises(InputError, match="problem='unknown'"):
        opened(engine, tmp_path / "f.csv", "rep,n\nAnna,1\n", encoding=encoding)
