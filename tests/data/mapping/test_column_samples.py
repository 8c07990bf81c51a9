"""How dates and numbers are read: recognised, offered by hand, and shown as written beside as read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from workbench.data.files.reading import Reading
from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping import column_samples
from workbench.data.mapping.column_samples import ColumnSample, format_choices, sample_columns
from workbench.data.mapping.guess_role import guess_source
from workbench.data.mapping.inspect_file import inspect_file
from workbench.data.mapping.reading_choices import with_date_format, with_decimal, with_found_reading, with_reading
from workbench.data.mapping.reading_doubts import is_reading_doubtful
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.words.reading import count_words, format_label, pair_words

PLACE = TableLocation("log.csv")
SUM = (Measure(name="amount", aggregate="sum", column="amount"),)


def written(folder: Path, dates: list[str], amounts: tuple[str, ...] = ("5",)) -> None:
    rows = [f'{who};{date};"{amounts[at % len(amounts)]}"' for at, date in enumerate(dates) for who in ("Ana", "Ben")]
    (folder / "log.csv").write_text("\n".join(["rep;date;amount", *rows]) + "\n", encoding="utf-8")


def sampled(folder: Path, **fields: object) -> dict[str, ColumnSample]:
    source = Source(name="log", location="log.csv", rep="rep", date="date", measures=SUM).model_copy(update=fields)
    return {sample.name: sample for sample in sample_columns(source, folder)}


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["990201", "990314", "991231"], dt.datetime(1999, 2, 1)),
        (["310124", "140324"], dt.datetime(2024, 1, 31)),
        (["20240131", "20240314"], dt.datetime(2024, 1, 31)),
        (["202401", "202412"], dt.datetime(2024, 1, 1)),
        (["45322", "45365"], dt.datetime(2024, 1, 31)),
        (["31. Jänner 2024", "14. März 2024"], dt.datetime(2024, 1, 31)),
        (["31 janv. 2024", "14 août 2024"], dt.datetime(2024, 1, 31)),
    ],
)
def test_dates_of_every_kind_are_guessed_to_be_the_date_and_read(
    tmp_path: Path, dates: list[str], first: dt.datetime
) -> None:
    """Days as 990201 were a number, and the file a dead end."""
    written(tmp_path, dates)
    assert guess_source(tmp_path, PLACE).date == "date"
    sample = sampled(tmp_path)["date"]
    assert sample.pairs[0] == (dates[0], first)
    assert sample.n_unread == 0


@pytest.mark.parametrize("amounts", [["120515", "250314"], ["20240131", "20231231"], ["45322", "45365"]])
def test_amounts_that_look_like_dates_stay_amounts(tmp_path: Path, amounts: list[str]) -> None:
    rows = "\n".join(f"{who},2024-01-{day:02d},{amounts[day % 2]}" for day in range(1, 29) for who in ("Ana", "Ben"))
    (tmp_path / "log.csv").write_text(f"rep,closed,amount\n{rows}\n")
    source = guess_source(tmp_path, PLACE)
    assert source.date == "closed"
    assert [measure.column for measure in source.measures if measure.column] == ["amount"]


def test_unreadable_values_come_first_and_are_counted(tmp_path: Path) -> None:
    written(tmp_path, ["2024-01-31", "soon", "2024-02-01", "next week"])
    sample = sampled(tmp_path)["date"]
    assert [written for written, _ in sample.pairs] == ["soon", "next week", "2024-01-31"]
    assert (sample.n, sample.n_unread) == (8, 4)
    assert count_words(sample) == "4 of 8 values cannot be read."
    assert [pair_words(*pair) for pair in sample.pairs][1:] == ["next week → not read", "2024-01-31 → 31 January 2024"]
    assert is_reading_doubtful(inspect_file(tmp_path / "log.csv"), [sample])


def test_a_format_by_hand_is_used_for_its_column(tmp_path: Path) -> None:
    written(tmp_path, ["01/02/2024", "03/04/2024 14:05"])
    assert "date_order_unclear" in sampled(tmp_path)["date"].doubts
    by_day = sampled(tmp_path, date_formats={"date": "%d/%m/%Y"})["date"]
    assert [read for _, read in by_day.pairs] == [dt.datetime(2024, 2, 1), dt.datetime(2024, 4, 3, 14, 5)]
    assert (by_day.doubts, by_day.likely_format) == ((), "%d/%m/%Y")
    typed = sampled(tmp_path, date_formats={"date": "DD/MM/YYYY"})["date"]
    assert typed.pairs == by_day.pairs
    wrong = sampled(tmp_path, date_formats={"date": "%Y-%m-%d"})["date"]
    assert wrong.n_unread == wrong.n == 4


@pytest.mark.parametrize(
    ("form", "value", "read"),
    [
        ("%d %b %Y", "14. März 2024", dt.datetime(2024, 3, 14)),
        ("day number", "45365", dt.datetime(2024, 3, 14)),
        ("%y%m%d", "240314", dt.datetime(2024, 3, 14)),
        ("%Y%m", "202403", dt.datetime(2024, 3, 1)),
    ],
)
def test_every_format_that_is_offered_reads_what_it_shows(
    tmp_path: Path, form: str, value: str, read: dt.datetime
) -> None:
    written(tmp_path, [value, "n/v"])
    offered = {choice.form: choice for choice in format_choices([value])}
    assert (offered[form].written, offered[form].read) == (value, read)
    assert (value, read) in sampled(tmp_path, date_formats={"date": form})["date"].pairs


def test_formats_are_told_by_the_files_own_values() -> None:
    choices = format_choices(["990201", "soon"])
    assert format_label("%y%m%d", choices) == "YYMMDD: 990201 is 1 February 1999"
    assert "%Y%m" not in {choice.form for choice in choices}
    assert format_label(None, choices) == "Found out"
    assert format_label(None, choices, "%y%m%d") == "Found out: YYMMDD"


def test_the_decimal_sign_by_hand_decides(tmp_path: Path) -> None:
    written(tmp_path, ["2024-01-31", "2024-02-01"], ("1.234", "2.500"))
    assert sampled(tmp_path)["amount"].pairs[0] == ("1.234", 1.234)
    assert sampled(tmp_path, decimal=",")["amount"].pairs[0] == ("1.234", 1234.0)


def test_the_label_shows_the_format_that_is_used_though_the_first_values_look_alike(tmp_path: Path) -> None:
    """A log in order of time begins with a day that reads the same either way: it said DD/MM/YYYY."""
    days = [f"01/01/2025 08:{minute:02}:00" for minute in range(60)] + [f"01/01/2025 09:{m:02}:00" for m in range(60)]
    written(tmp_path, [*days, "01/13/2025 09:00:00", "02/14/2025 09:00:00"])
    sample = sampled(tmp_path)["date"]
    assert (sample.order, sample.likely_format) == ("mdy", "%m/%d/%Y")
    written(tmp_path, [*days, "13/01/2025 09:00:00"])
    assert sampled(tmp_path)["date"].likely_format == "%d/%m/%Y"
    written(tmp_path, days)
    unclear = sampled(tmp_path)["date"]
    assert (unclear.order, unclear.likely_format) == ("mdy", "%m/%d/%Y")
    written(tmp_path, ["1 Feb 2025", "14 Mar 2025"])
    assert sampled(tmp_path)["date"].likely_format == "%d %b %Y"


def test_of_a_long_file_it_says_that_not_every_row_was_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All 52,385 values were said to be read, of 104,770 rows."""
    monkeypatch.setattr(column_samples, "MOST_ROWS", 10)
    written(tmp_path, ["2024-01-31"] * 10)
    assert count_words(sampled(tmp_path)["date"]) == "Looked at one row in 2: all 10 values are read."
    written(tmp_path, ["2024-01-31", "soon"] * 5)
    assert count_words(sampled(tmp_path)["date"]) == "Looked at one row in 2: 5 of 10 values cannot be read."


TITLES = "Ümsatz\n\nKunde;Rep;Datum;Betrag\nx;Ana;2024-01-31;5\ny;Ben;2024-02-01;6\n" + "z;Ben;2024-03-01;7\n" * 9


def test_another_line_of_names_encoding_or_separator_guesses_the_columns_anew_and_back(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(TITLES, encoding="cp1252")
    source = guess_source(tmp_path, PLACE)
    dataset = DataSet(name="d", sources=(source,))
    assert (source.rep, source.date) == ("Rep", "Datum")
    cut = with_reading(dataset, tmp_path, PLACE, Reading(delimiter=","))
    assert cut.sources[0].delimiter == ","
    assert cut.sources[0].rep != "Rep"
    assert with_reading(cut, tmp_path, PLACE, Reading()).sources[0].rep == "Rep"
    unnamed = with_reading(dataset, tmp_path, PLACE, Reading(header=0)).sources[0]
    assert (unnamed.rep, unnamed.date) == ("", "column 3")
    named = with_reading(dataset, tmp_path, PLACE, Reading(header=4)).sources[0]
    assert named.date == "2024-01-31"
    assert with_reading(dataset, tmp_path, PLACE, Reading(encoding="cp1252")).sources[0].measures == source.measures


def test_everything_by_hand_can_be_found_out_again(tmp_path: Path) -> None:
    written(tmp_path, ["01/02/2024", "03/04/2024"])
    before = DataSet(name="d", sources=(guess_source(tmp_path, PLACE),))
    by_hand = with_decimal(with_date_format(before, PLACE, "date", "%d/%m/%Y"), PLACE, ",")
    by_hand = with_reading(by_hand, tmp_path, PLACE, Reading(delimiter=";"))
    assert by_hand.sources[0].date_formats == {"date": "%d/%m/%Y"}
    assert with_found_reading(by_hand, tmp_path, PLACE) == before
