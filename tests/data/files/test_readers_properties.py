"""Whatever table is written in whatever dialect and encoding comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.data.reading import cells, codes, opened
from tests.effort import examples
from workbench.data.engine.embedded import Engine

WORDS = st.text(st.sampled_from("abcdefghij ,;|'\"#.-éß€\n"), max_size=12)
TYPED = st.one_of(
    st.dates().map(str),
    st.integers(0, 10**6).map(str),
    st.decimals(0, 9999, places=2).map(lambda value: f"${value:,}"),
)


@pytest.fixture(scope="module")
def engine():
    with Engine() as engine:
        yield engine


@st.composite
def tables(draw):
    """Rows of an id, a date, a sum and free text, under plain names."""
    n = draw(st.integers(3, 12))
    dates = draw(st.lists(st.dates().map(str), min_size=n, max_size=n))
    sums = draw(st.lists(st.decimals(0, 9999, places=2).map(str), min_size=n, max_size=n))
    notes = draw(st.lists(WORDS, min_size=n, max_size=n))
    return [[f"{i:05}", dates[i], sums[i], " ".join(notes[i].split("\r")).strip()] for i in range(n)]


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=tables(),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_written_and_read_back(engine, tmp_path, rows, delimiter, quoting, end, encoding):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([["id", "date", "sum", "note"], *rows])
    table = opened(engine, tmp_path / "f.csv", text.getvalue().encode(encoding))
    if any(note for *_, note in rows):
        assert table.columns == ("id", "date", "sum", "note")
    expected = [[cell or None for cell in row] for row in rows]
    assert [[(cell or "").strip() or None for cell in row] for row in cells(table)] == [
        [(cell or "").strip() or None for cell in row[: len(table.columns)]] for row in expected
    ]


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=tables(),
    at=st.integers(0, 10_000),
    damage=st.sampled_from(['"', ",", "\r", "\n", "\x00", "'", "\\", "\xff", '"\n"']),
)
def test_damage_is_never_an_exception_and_never_loses_the_file(engine, tmp_path, rows, at, damage):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([["id", "date", "sum", "note"], *rows])
    whole = text.getvalue()
    at %= len(whole) + 1
    table = opened(engine, tmp_path / "f.csv", (whole[:at] + damage + whole[at:]).encode("utf-8"))
    assert table.n_rows >= len(rows) / 3
    assert all(n is None or n >= 1 for n in codes(table.issues).values())
