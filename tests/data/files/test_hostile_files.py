"""Files that once brought the server down are refused in one sentence, or read; in a process of their own."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import hostile_files as hostile
from tests.data.reading import cells
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.limits import ReadLimits, read_limits, variable_of
from workbench.data.engine.read_progress import ReadProgress
from workbench.data.files import read_apart, reading_folders, reading_processes
from workbench.data.files.issue_codec import decode_issues, encode_issues
from workbench.data.files.open_file import is_small_text
from workbench.data.files.table import open_table
from workbench.data.files.table_locations import list_tables
from workbench.data.mapping.guess import guess_dataset
from workbench.data.mapping.inspect_file import inspect_file
from workbench.errors import Examples, InputError, Issue, Where
from workbench.words.issues import issue_line

SMALL = ReadLimits(memory_mb=700, seconds=300, unpacked_mb=3, rows=2_000, columns=300, cells=60_000, cell_length=3_000)


@pytest.fixture(scope="module")
def process() -> Iterator[read_apart.ReadApart]:
    """A process that reads, for all tests of this file."""
    made = read_apart.ReadApart()
    yield made
    made.close()


@pytest.fixture
def apart(process: read_apart.ReadApart, monkeypatch: pytest.MonkeyPatch) -> read_apart.ReadApart:
    """Files are read by that process."""
    monkeypatch.setattr(read_apart, "_apart", process)
    return process


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small limits, set as somebody would set them who runs a server."""
    for each in dataclasses.fields(SMALL):
        monkeypatch.setenv(variable_of(each.name), str(getattr(SMALL, each.name)))


def refusal(path: Path) -> tuple[str, str]:
    """The code of the refusal of a file, and the limit it is past."""
    with Engine() as engine, pytest.raises(InputError) as caught:
        open_table(path.name, folder=path.parent, engine=engine)
    issue = caught.value.issues[-1]
    return issue.code, str(dict(issue.parts).get("limit", ""))


PAST: dict[str, tuple[Callable[[Path], Path], str]] = {
    "gzip that unpacks to much": (lambda folder: hostile.gzip_bomb(folder, 4), "unpacked_mb"),
    "one line of zeros": (lambda folder: hostile.zeros(folder, 2, b"0"), "cell_length"),
    "view without an end": (hostile.endless_view, "rows"),
    "view without a first row": (hostile.silent_view, "seconds"),
    "view of huge blobs": (hostile.zero_blobs, "cell_length"),
    "huge cell": (lambda folder: hostile.long_cell(folder, 2_000_000), "cell_length"),
    "many rows in a workbook": (lambda folder: hostile.long_workbook(folder, 2_500), "rows"),
    "many rows in a text": (lambda folder: hostile.wide_csv(folder, 4, 2_500), "rows"),
    "many columns": (lambda folder: hostile.wide_csv(folder, 301, 3), "columns"),
    "many cells": (lambda folder: hostile.wide_csv(folder, 250, 400), "cells"),
}


@pytest.mark.parametrize("kind", PAST)
@pytest.mark.usefixtures("small_limits")
def test_a_file_past_a_limit_is_refused_by_the_limits_name(kind: str, tmp_path: Path, apart, monkeypatch) -> None:
    make, limit = PAST[kind]
    path = make(tmp_path)
    if limit == "seconds":  # for the others a slow machine has all the time
        monkeypatch.setenv(variable_of("seconds"), "5")
    assert refusal(path) == ("past_limit", limit)
    read_before = apart.n_read
    assert refusal(path) == ("past_limit", limit)  # remembered: not read again for every page that is drawn
    assert apart.n_read == read_before


@pytest.mark.parametrize("kind", [kind for kind, (_, limit) in PAST.items() if limit not in ("seconds", "memory_mb")])
@pytest.mark.usefixtures("small_limits")
def test_commands_read_within_the_same_limits(kind: str, tmp_path: Path) -> None:
    make, limit = PAST[kind]
    assert refusal(make(tmp_path)) == ("past_limit", limit)


@pytest.mark.parametrize("kind", ["view without a first row", "view of huge blobs"])
def test_a_command_is_refused_in_the_words_of_an_upload(kind: str, tmp_path: Path) -> None:
    make, limit = PAST[kind]
    path = make(tmp_path)
    limits = ReadLimits(memory_mb=700, seconds=5, cell_length=3_000)
    done = look(
        path, **{variable_of(name): str(getattr(limits, name)) for name in ("memory_mb", "seconds", "cell_length")}
    )
    (issue,) = limits.past(limit, path.name).issues
    assert (done.returncode, done.stderr.strip()) == (2, issue_line(issue))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux bounds the memory of one process")
def test_a_command_is_not_ended_by_a_file_that_wants_too_much_memory(tmp_path: Path) -> None:
    done = look(hostile.long_workbook(tmp_path, 60_000), WORKBENCH_MAX_MEMORY_MB="100")
    (issue,) = ReadLimits(memory_mb=100).past("memory_mb", "long.xlsx").issues
    assert (done.returncode, done.stderr.strip()) == (2, issue_line(issue))


def look(path: Path, **limits: str) -> subprocess.CompletedProcess[str]:
    """What ``python -m workbench look`` says of a file."""
    return subprocess.run([sys.executable, "-m", "workbench", "look", str(path), "--json"], env=os.environ | limits,
                          capture_output=True, text=True, timeout=200)  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux bounds the memory of one process")
def test_a_reader_that_wants_too_much_memory_ends_alone(tmp_path: Path, apart, monkeypatch) -> None:
    path = hostile.long_workbook(tmp_path, 60_000)
    monkeypatch.setenv("WORKBENCH_MAX_MEMORY_MB", "1")
    assert refusal(path)[0] in ("past_limit", "reader_ended", "damaged_file")
    monkeypatch.delenv("WORKBENCH_MAX_MEMORY_MB")
    with Engine() as engine:
        assert open_table(path.name, folder=tmp_path, engine=engine).n_rows == 59_999


def test_a_stray_cell_is_named(tmp_path: Path, apart) -> None:
    path = hostile.stray_cell(tmp_path)
    with Engine() as engine, pytest.raises(InputError) as caught:
        open_table(path.name, folder=tmp_path, engine=engine)
    assert caught.value.issues == (
        Issue.of("error", "stray_cell", Where(file="stray.xlsx"), cell="XFD1048576", n_filled=94),
    )


DAMAGED = {
    "xlsx": (hostile.small_workbook, hostile.damaged),
    "parts of xlsx": (hostile.small_workbook, hostile.damaged_inside),
    "parquet": (hostile.small_parquet, hostile.damaged),
    "sqlite": (hostile.small_sqlite, hostile.damaged),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_file_is_read_or_refused(kind: str, tmp_path: Path, apart) -> None:
    make, damage = DAMAGED[kind]
    source, outcomes = make(tmp_path), set[str]()
    for seed in range(40):
        path = damage(source, seed, tmp_path)
        with Engine() as engine:
            try:
                table = open_table(path.name, folder=tmp_path, engine=engine)
                outcomes.add("read" if table.n_rows <= 60 else f"{table.n_rows} rows")
            except InputError as error:
                outcomes |= {issue.level for issue in error.issues if issue.level == "error"}
        assert len(list_tables(tmp_path, path.name)) >= 1
    assert outcomes == {"read", "error"} or outcomes == {"error"}


def test_deep_json_is_read_or_refused(tmp_path: Path, apart) -> None:
    code, _ = refusal(hostile.deep_json(tmp_path, 100_000))
    assert code in ("unreadable", "damaged_file")


def test_lone_halves_of_characters_are_no_end_of_the_server(tmp_path: Path, apart) -> None:
    path = hostile.lone_surrogates(tmp_path)
    dataset, issues = guess_dataset(tmp_path, [path.name])
    assert dataset is None
    assert [issue.code for issue in issues if issue.level == "error"] == ["unreadable"]


def test_names_lose_their_line_feeds(tmp_path: Path, apart) -> None:
    path = hostile.line_feeds_in_names(tmp_path)
    assert [column.name for column in inspect_file(path).columns] == ["re p", "da te", "val ue"]


@pytest.mark.parametrize("columns", [250, 1_000])
def test_wide_tables_are_normal(columns: int, tmp_path: Path, apart) -> None:
    path = hostile.wide_csv(tmp_path, columns, 5)
    dataset, issues = guess_dataset(tmp_path, [path.name])
    assert dataset is not None
    assert (dataset.sources[0].rep, dataset.sources[0].date) == ("rep", "date")
    assert len(dataset.sources[0].measures) == 40
    left_out = [dict(issue.parts) for issue in issues if issue.code == "numbers_left_out"]
    assert left_out == [{"n_columns": columns - 2, "most": 40}]


def test_blank_rows_and_repeated_headers_of_wide_tables_are_seen(tmp_path: Path) -> None:
    path = hostile.wide_csv(tmp_path, 150, 6)
    header, *rows = path.read_text().splitlines()
    path.write_text("\n".join([header, *rows[:3], "," * 149, header, *rows[3:]]) + "\n")
    with Engine() as engine:
        table = open_table(path.name, folder=tmp_path, engine=engine)
        assert (table.n_rows, {issue.code: issue.n_rows for issue in table.issues}) == (
            7, {"empty_rows": 1, "repeated_header": 1}
        )  # fmt: skip
        assert table.rows.order_by(ROW).to_pyarrow()[ROW].to_pylist() == [1, 2, 3, 5, 6, 7, 8]


MADE: tuple[Callable[[Path], Path], ...] = (
    hostile.small_workbook, hostile.small_parquet, hostile.small_sqlite, hostile.line_feeds_in_names,
    lambda folder: hostile.gzip_bomb(folder, 1), lambda folder: hostile.wide_csv(folder, 120, 9_000),
)  # fmt: skip


@pytest.mark.parametrize("make", MADE)
def test_a_process_of_its_own_reads_the_same(
    make: Callable[[Path], Path], tmp_path: Path, process, monkeypatch
) -> None:
    path, found = make(tmp_path), []
    for reader in (None, process):
        monkeypatch.setattr(read_apart, "_apart", reader)
        with Engine() as engine:
            table = open_table(path.name, folder=tmp_path, engine=engine)
            found.append((table.columns, table.issues, table.n_rows, table.form, table.n_blank, table.rows.schema()))
            found.append(cells(table) if table.n_rows < 1_000 else None)
    assert found[:2] == found[2:]


def test_what_was_read_is_not_read_again_when_the_file_is_copied(tmp_path: Path, apart) -> None:
    path = hostile.small_workbook(tmp_path)
    (tmp_path / "kept").mkdir()
    shutil.copyfile(path, tmp_path / "kept" / path.name)
    before = apart.n_read
    for folder in (tmp_path, tmp_path / "kept"):
        with Engine() as engine:
            open_table(path.name, folder=folder, engine=engine)
    assert apart.n_read == before + 1


def test_a_small_text_need_not_wait_for_a_process(tmp_path: Path, apart) -> None:
    path = tmp_path / "small.csv"
    path.write_text("rep,date\nAna,2024-01-05\n" * 3_000)
    before = apart.n_read
    with Engine() as engine:
        open_table(path.name, folder=tmp_path, engine=engine)
    assert apart.n_read == before
    for content in (b"PK\x03\x04", b"a,b\n" + b"x" * 200_000, b"a\0b\n", b"a,b\n" * 300_000):
        path.write_bytes(content)
        assert not is_small_text(path)


def test_whoever_stops_waiting_ends_the_reading(tmp_path: Path, apart) -> None:
    path, seen = hostile.endless_view(tmp_path), list[tuple[str, ReadProgress]]()

    def stop(where: str, progress: ReadProgress) -> None:
        seen.append((where, progress))
        if progress.rows:
            raise KeyboardInterrupt

    with Engine() as engine, read_apart.watch_reading(stop), pytest.raises(KeyboardInterrupt):
        open_table(path.name, folder=tmp_path, engine=engine)
    assert {where for where, _ in seen} == {"endless.db"}
    assert apart.processes.idle == []
    with Engine() as engine:
        assert open_table(hostile.small_sqlite(tmp_path).name, folder=tmp_path, engine=engine).n_rows == 30


def test_several_who_ask_for_one_file_have_it_read_once(tmp_path: Path, apart) -> None:
    path, before, found = hostile.long_workbook(tmp_path, 4_000), apart.n_read, list[int]()

    def ask() -> None:
        with Engine() as engine:
            found.append(open_table(path.name, folder=tmp_path, engine=engine).n_rows)

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert (found, apart.n_read) == ([3_999] * 4, before + 1)


def test_a_process_that_died_is_replaced(tmp_path: Path, apart) -> None:
    path = hostile.small_workbook(tmp_path, "first.xlsx")
    with Engine() as engine:
        open_table(path.name, folder=tmp_path, engine=engine)
    died = apart.processes.idle[0].running
    died.kill()
    died.wait()
    again = hostile.small_parquet(tmp_path)
    with Engine() as engine:
        assert open_table(again.name, folder=tmp_path, engine=engine).n_rows == 30


def test_a_file_is_tried_again_after_its_process_died(tmp_path: Path, apart, monkeypatch) -> None:
    path, now = hostile.small_workbook(tmp_path, "died.xlsx"), [0.0]
    monkeypatch.setattr(read_apart, "monotonic", lambda: now[0])
    apart.processes.close()
    with monkeypatch.context() as patch:
        patch.setattr(reading_processes, "COMMAND", (sys.executable, "-c", "raise SystemExit(3)"))
        assert refusal(path)[0] == "reader_ended"
        with Engine() as engine, pytest.raises(reading_processes.ReadingEndedError):  # as whoever reads ahead asks
            open_table(path.name, folder=tmp_path, engine=engine)
    now[0] = 1.0
    with Engine() as engine:
        assert open_table(path.name, folder=tmp_path, engine=engine).n_rows == 30


def test_copies_that_nobody_used_for_long_go(tmp_path: Path, apart, monkeypatch) -> None:
    monkeypatch.setattr(read_apart, "MOST_KEPT", 2)
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        path = hostile.small_workbook(tmp_path, name)
        with Engine() as engine:
            open_table(path.name, folder=tmp_path, engine=engine)
    assert len(apart.found) == 2
    assert len(list(apart.folder.iterdir())) <= 2


def test_files_are_read_again_after_the_scratch_folder_was_cleaned(tmp_path: Path, apart) -> None:
    paths = [hostile.small_workbook(tmp_path, name) for name in ("known.xlsx", "new.xlsx")]
    with Engine() as engine:
        open_table(paths[0].name, folder=tmp_path, engine=engine)
    for folder in (apart.folder, apart.processes.idle[0].folder):
        shutil.rmtree(folder)
    for path in paths:
        with Engine() as engine:
            assert open_table(path.name, folder=tmp_path, engine=engine).n_rows == 30
    assert apart.folder.stat().st_mode & 0o077 == 0 or os.name == "nt"


def _begin_endless_reading(folder: Path, processes: reading_processes.ReadingProcesses) -> reading_processes._Process:
    """A process that has read rows of a view without an end."""
    process, path = processes._take(), hostile.endless_view(folder)
    options = dict.fromkeys(("sheet", "table", "encoding", "delimiter", "header"))
    request = {"do": "open", "path": str(path), "where": path.name, "options": options, "target": str(folder / "copy")}
    process.ask({**request, "limits": dataclasses.asdict(ReadLimits())})
    while not (process.next_message(60) or {}).get("progress", [0])[0]:
        pass
    return process


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows the environment of a process")
def test_a_process_that_reads_knows_no_secret_of_the_server(monkeypatch) -> None:
    monkeypatch.setenv("WORKBENCH_STORE", "postgresql://somebody:secret@machine/store")
    monkeypatch.setenv("LC_TIME", "C")
    processes = reading_processes.ReadingProcesses()
    try:
        process = processes._take()
        assert process.next_message(60) is not None
        known = Path(f"/proc/{process.running.pid}/environ").read_bytes()
    finally:
        processes.close()
    assert b"secret" not in known
    assert b"LC_TIME=C" in known


def test_the_end_of_a_server_ends_those_that_still_read(tmp_path: Path) -> None:
    processes = reading_processes.ReadingProcesses()
    process = _begin_endless_reading(tmp_path, processes)
    try:
        processes.close()
        assert process.running.poll() is not None
        assert not process.folder.exists()
    finally:
        process.end()


def test_a_reading_ends_when_its_server_was_killed(tmp_path: Path) -> None:
    process = _begin_endless_reading(tmp_path, reading_processes.ReadingProcesses())
    try:
        assert process.running.stdin is not None
        process.running.stdin.close()  # as the system does with what a killed process held open
        assert process.running.wait(60) == 0
    finally:
        process.end()


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot be asked whether a process lives")
def test_folders_of_a_killed_server_go_and_others_stay(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, own = tmp_path / f"workbench-read-{ended.pid}-a", reading_folders.make_reading_folder()
    others = [tmp_path / "workbench-read-x", tmp_path / "workbench-1"]
    for folder in (left, *others):
        folder.mkdir()
    (left / "1.parquet").write_bytes(b"rows")
    reading_folders.remove_left_folders()
    assert set(tmp_path.iterdir()) == {own, *others}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_copies_are_readable_by_their_owner_only(apart) -> None:
    assert apart.folder.stat().st_mode & 0o077 == 0


def test_limits_are_whole_numbers_above_0() -> None:
    said = {"WORKBENCH_MAX_ROWS": "1_000", "WORKBENCH_MAX_COLUMNS": "0", "WORKBENCH_MAX_CELLS": "many"}
    assert read_limits(said) == ReadLimits(rows=1_000)


def test_issues_come_back_from_json_as_they_were() -> None:
    every = (
        Issue.of("error", "no_such_sheet", Where(file="a.xlsx"), name="x", near=None, known=Examples(("a", "b"), 3)),
        Issue.of("warning", "encoding", Where(file="é\n.csv"), 3, here=("a",), there=("b",), share=0.5),
        Issue.of("info", "bad_value", Where(file="f", path=("kpis", 2), answer=("a",), area="goal")),
    )
    assert decode_issues(json.loads(json.dumps(encode_issues(every)))) == every


def test_the_table_of_limits_in_the_readme_is_the_codes() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    for each in dataclasses.fields(ReadLimits):
        assert f"| `{variable_of(each.name)}` | {each.default:,} |" in readme
