"""Files that try to bring a reader down, made small: each function writes one and returns its path."""

from __future__ import annotations

import gzip
import io
import random
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

BLOCK = 1 << 20  # bytes


def stray_cell(folder: Path) -> Path:
    """A workbook of 1.5 KB with a cell in the last column of the last row."""
    path = folder / "stray.xlsx"
    _rewrite_sheet(small_workbook(folder), path, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    return path


def small_workbook(folder: Path, name: str = "small.xlsx") -> Path:
    """A workbook of 30 deals."""
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Deals")
        for row, cells in enumerate(_deals(30)):
            sheet.write_row(row, 0, cells)
    return path


def long_workbook(folder: Path, rows: int) -> Path:
    """A workbook of many rows, written as a text, since that takes a fraction of the time."""
    path = folder / "long.xlsx"
    body = io.StringIO()
    for row in range(6, rows + 1):
        body.write(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><v>{row % 97}</v></c></row>')
    _rewrite_sheet(small_workbook(folder), path, body.getvalue(), keep=5)
    return path


def _rewrite_sheet(source: Path, path: Path, rows: str, keep: int = 31) -> None:
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for item in whole.namelist():
            content = whole.read(item).decode()
            if item == "xl/worksheets/sheet1.xml":
                start = content.index("</sheetData>")
                after = content.find(f'<row r="{keep + 1}"')
                content = content[: after if after >= 0 else start] + rows + content[start:]
            made.writestr(item, content)


def gzip_bomb(folder: Path, megabytes: int, name: str = "bomb.csv.gz") -> Path:
    """A gzip file of short lines that are all alike; it unpacks to about a thousand times its size."""
    path, line = folder / name, b"Ana,2024-01-05,3\n"
    block = line * (BLOCK // len(line))
    with gzip.open(path, "wb", compresslevel=1) as packed:
        packed.write(b"rep,date,calls\n")
        for _ in range(megabytes):
            packed.write(block)
    return path


def zeros(folder: Path, megabytes: int, letter: bytes = b"\0") -> Path:
    """A gzip file of one letter, without any line end."""
    path = folder / "zeros.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as packed:
        for _ in range(megabytes):
            packed.write(letter * BLOCK)
    return path


def endless_view(folder: Path) -> Path:
    """A SQLite file whose only table is a view that never ends."""
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS rep, i AS date FROM n"
    return _sqlite(folder / "endless.db", f"CREATE VIEW deals AS {numbers}")


def silent_view(folder: Path) -> Path:
    """A SQLite file whose only table is a view that never gives a first row."""
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS rep FROM n WHERE i < 0"
    return _sqlite(folder / "silent.db", f"CREATE VIEW deals AS {numbers}")


def zero_blobs(folder: Path, megabytes: int = 900) -> Path:
    """A SQLite file with a view of rows that are huge blobs of zeros."""
    rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100)"
    blob = f"zeroblob({megabytes * 1_000_000})"
    return _sqlite(folder / "blobs.db", f"CREATE VIEW deals AS {rows} SELECT i AS rep, {blob} AS note FROM n")


def small_sqlite(folder: Path) -> Path:
    """A SQLite file of 30 deals."""
    path = folder / "small.db"
    path.unlink(missing_ok=True)
    _sqlite(path, "CREATE TABLE deals (rep TEXT, date TEXT, value INTEGER)")
    with sqlite3.connect(path) as connection:
        connection.executemany("INSERT INTO deals VALUES (?, ?, ?)", list(_deals(30))[1:])
    connection.close()
    return path


def _sqlite(path: Path, sql: str) -> Path:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()
    return path


def small_parquet(folder: Path) -> Path:
    """A Parquet file of 30 deals."""
    header, *rows = _deals(30)
    path = folder / "small.parquet"
    pq.write_table(pa.table({name: [row[at] for row in rows] for at, name in enumerate(header)}), path)
    return path


def long_cell(folder: Path, characters: int) -> Path:
    """A CSV file with one enormous cell."""
    path = folder / "cell.csv"
    with path.open("w") as file:
        file.write("rep,date,note\nAna,2024-01-05,")
        for _ in range(characters // BLOCK):
            file.write("x" * BLOCK)
        file.write("x" * (characters % BLOCK) + "\nBen,2024-01-06,short\n")
    return path


def deep_json(folder: Path, depth: int) -> Path:
    """JSON lines with a value inside a value inside a value."""
    path = folder / "deep.jsonl"
    path.write_text('{"rep": "Ana", "date": "2024-01-05", "more": ' + "[" * depth + "]" * depth + "}\n")
    return path


def wide_csv(folder: Path, columns: int, rows: int) -> Path:
    """A CSV file with a rep, a date and many columns of numbers."""
    path, chance = folder / f"wide-{columns}.csv", random.Random(columns)
    lines = [",".join(str(chance.randint(0, 99)) for _ in range(columns - 2)) for _ in range(50)]
    with path.open("w") as file:
        file.write("rep,date," + ",".join(f"field {i}" for i in range(columns - 2)) + "\n")
        for row in range(rows):
            day = f"2024-{1 + row % 12:02}-{1 + row % 28:02}"
            file.write(f"Rep {row % 20},{day},{lines[row % 50]}\n")
    return path


def lone_surrogates(folder: Path) -> Path:
    """JSON lines in whose texts and names halves of a character stand alone."""
    path = folder / "surrogates.jsonl"
    path.write_text('{"rep": "An\\ud800a", "date": "2024-01-05", "no\\udc00te": "\\udfff"}\n' * 3)
    return path


def line_feeds_in_names(folder: Path) -> Path:
    """A CSV file whose names and texts hold line ends, tabs and other control characters."""
    path = folder / "feeds.csv"
    path.write_text(
        '"re\np","da\tte","val\r\nue"\n"An\na",2024-01-05,3\n"Be\x0bn",2024-02-06,4\n"Cl\x00eo",2024-02-07,5\n',
        newline="",
    )
    return path


def damaged(source: Path, seed: int, folder: Path) -> Path:
    """A copy of a file with some bytes changed, cut out or cut off, by a seed."""
    chance, content = random.Random(f"{source.name} {seed}"), bytearray(source.read_bytes())
    for _ in range(chance.randint(1, 40)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.3:
        at = chance.randrange(len(content))
        del content[at : at + chance.randint(1, 200)]
    if chance.random() < 0.2:
        del content[chance.randrange(len(content)) :]
    path = folder / f"damaged-{seed}{source.suffix}"
    path.write_bytes(content)
    return path


def damaged_inside(source: Path, seed: int, folder: Path) -> Path:
    """A workbook whose parts are damaged, in an archive that is whole."""
    chance, path = random.Random(f"inside {seed}"), folder / f"inside-{seed}.xlsx"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for item in whole.namelist():
            content = bytearray(whole.read(item))
            if item.startswith("xl/"):
                for _ in range(chance.randint(0, 4)):
                    content[chance.randrange(len(content))] = chance.randrange(32, 127)
            made.writestr(item, bytes(content))
    return path


def _deals(rows: int) -> Iterator[list[str | int]]:
    yield ["rep", "date", "value"]
    for row in range(rows):
        yield [f"Rep {row % 5}", f"2024-{1 + row % 6:02}-{1 + row % 28:02}", 100 + row]
