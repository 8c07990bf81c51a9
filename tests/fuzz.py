"""Throw strange input at whatever takes some from outside: ``python -m tests.fuzz`` (``make fuzz``).

Readers, formulas, links, messages of the live view, and data set, design, phase and trial files. Everything is drawn
from a seed, which is printed with each crash, so that the same input comes again. A crash is anything but an answer or
a refusal in words; each one found becomes a fixed test.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from tests import hostile_files as hostile
from workbench.data.engine.embedded import Engine
from workbench.data.engine.limits import ReadLimits
from workbench.data.files.opening import damage_refused, open_in_process
from workbench.data.files.table import finish_table
from workbench.data.library.data_sets import find_data_set
from workbench.data.library.deletion import deleted_name
from workbench.data.model.dataset import parse_dataset, parse_json
from workbench.design.model import parse_design
from workbench.design.rules import check_design
from workbench.design.store import find_design
from workbench.errors import InputError
from workbench.formula.formula import evaluate, parse_formula
from workbench.phases.phase_file import parse_phases
from workbench.trials.trial_file import parse_trial
from workbench.ui.preview.live_message import read_message, steps_between
from workbench.words.issues import describe_issue
from workbench.words.markdown import plain

SECONDS = 600
LIMITS = ReadLimits(
    memory_mb=1_000, seconds=20, unpacked_mb=20, rows=5_000, columns=400, cells=200_000, cell_length=10_000
)
SIGNS = "abcXYZ019 ,;|\t\"'#.-:/()[]{}<>=+*&%$@!?\\_\n\r\0\x0b\x1f\ufeff\u2028\u2060éß漢😀\u202e１＝"
NAMES = ("dials", "meetings", "sales", "quota", "two words", "naïve")
WORDS = (
    "dials",
    "sales",
    "`two words`",
    "per_day",
    "sum",
    "if",
    "min",
    "max",
    "and",
    "or",
    "not",
    "is",
    "missing",
    "in",
)


@dataclass(frozen=True)
class Crash:
    """A target that broke down, the seed that brings it again, and the trace."""

    target: str
    seed: str
    trace: str


def some_text(chance: random.Random, most: int = 40) -> str:
    """A short text of strange signs."""
    return "".join(chance.choice(SIGNS) for _ in range(chance.randint(0, most)))


def some_value(chance: random.Random, depth: int = 0) -> Any:
    """A value of JSON, of any kind."""
    kinds: tuple[Callable[[], Any], ...] = (
        lambda: some_text(chance), lambda: chance.choice((0, -1, 1, 1e308, -1e-308, 10**30, 0.1, float("nan"))),
        lambda: chance.choice((None, True, False)), lambda: chance.choice(NAMES), lambda: "2024-02-30",
        lambda: [some_value(chance, depth + 1) for _ in range(chance.randint(0, 3))] if depth < 4 else [],
        lambda: {some_text(chance, 8): some_value(chance, depth + 1) for _ in range(2)} if depth < 4 else {},
    )  # fmt: skip
    return chance.choice(kinds)()


def changed(value: Any, chance: random.Random) -> Any:
    """A file that fits, with some of its values replaced, dropped or repeated."""
    if chance.random() < 0.08:
        return some_value(chance)
    if isinstance(value, dict):
        kept = {name: changed(each, chance) for name, each in value.items() if chance.random() > 0.04}
        return kept | ({some_text(chance, 8): some_value(chance)} if chance.random() < 0.03 else {})
    if isinstance(value, list):
        return [changed(each, chance) for each in value for _ in range(1 + (chance.random() < 0.05))]
    return value


def read_file(path: Path, name: str) -> None:
    """Open a file as a command does, and say what was found."""
    with Engine("500MB", LIMITS) as engine, damage_refused(name, LIMITS):
        found = open_in_process(path, name, engine)
        if found.rows is not None:
            table = finish_table(found, found.rows, name, engine)
            table.rows.limit(20).to_pyarrow()
            tell(table.issues)


def fuzz_texts(chance: random.Random, folder: Path) -> None:
    """Texts of strange signs, as lines of a table, in some encoding, packed or not."""
    width = chance.randint(1, 8)
    lines = [
        chance.choice(",;\t|").join(some_text(chance, 12) for _ in range(width)) for _ in range(chance.randint(0, 40))
    ]
    content = chance.choice(("\n", "\r\n", "\r")).join(lines)
    raw = content.encode(chance.choice(("utf-8", "utf-16", "cp1252", "shift_jis", "utf-8-sig")), "replace")
    if chance.random() < 0.3 and raw:
        at = chance.randrange(len(raw))
        raw = raw[:at] + chance.randbytes(chance.randint(1, 30)) + raw[at:]
    packed = chance.random() < 0.1
    name = chance.choice(("a.csv", "a.txt", "a.json", "a.xlsx", "a.parquet")) + (".gz" if packed else "")
    (folder / name).write_bytes(gzip.compress(raw) if packed else raw)
    read_file(folder / name, name)


def fuzz_files(chance: random.Random, folder: Path) -> None:
    """Workbooks, Parquet and SQLite files with bytes changed."""
    makes = (hostile.small_workbook, hostile.small_parquet, hostile.small_sqlite)
    source = chance.choice(makes)(folder)
    inside = source.suffix == ".xlsx" and chance.random() < 0.7
    damage = hostile.damaged_inside if inside else hostile.damaged
    path = damage(source, chance.randrange(10**9), folder)
    read_file(path, path.name)


def fuzz_json_lines(chance: random.Random, folder: Path) -> None:
    """Lines of JSON, of which some are none."""
    lines = [json.dumps({name: some_value(chance) for name in NAMES[: chance.randint(0, 6)]}) for _ in range(5)]
    (folder / "a.jsonl").write_text("\n".join(chance.choice((line, line[:-1], some_text(chance))) for line in lines))
    read_file(folder / "a.jsonl", "a.jsonl")


def fuzz_formulas(chance: random.Random, folder: Path) -> None:
    """Formulas of words and signs that the language has, in any order."""
    pieces = (*WORDS, *"()+-*/%<>=!,'\"`", "==", ">=", "<=", "1", "0.5", "1e9", "'won'", "(" * 30, some_text(chance, 5))
    text = chance.choice(("", " ")).join(chance.choice(pieces) for _ in range(chance.randint(0, 60)))
    formula = parse_formula(text, NAMES, condition=chance.random() < 0.3)
    frame = pd.DataFrame({name: [1.0, 0.0, None] for name in NAMES} | {"quota": ["3", "", "x"]})
    evaluate(formula, frame)


DESIGN: dict[str, Any] = {
    "name": "A", "note": "why", "goal": {"measure": "sales", "target": 100, "unit": "USD", "label": "Sales"},
    "kpis": [
        {"name": "Dials", "formula": "dials", "target": 10, "weight": 50, "direction": "higher", "owner": "Ann"},
        {"name": "Both", "weight": 50, "kpis": [{"name": "Meetings", "formula": "meetings / dials", "target": 2}]},
    ],
    "scoring": {"cap": 150, "floor": 0},
}  # fmt: skip
DATASET: dict[str, Any] = {
    "name": "CRM", "grain": "month",
    "sources": [{"name": "deals", "location": "deals.csv", "rep": "owner", "date": "day", "measures": [
        {"name": "won", "aggregate": "sum", "column": "value", "where": "stage == 'Won'", "unit": "USD"}]}],
    "roster": {"location": "team.csv", "rep": "owner", "attributes": ["office"]},
}  # fmt: skip
TRIAL: dict[str, Any] = {"what": "Call less", "hypothesis": "more sales", "start": "2024-03-01", "end": "2024-06-01"}
PHASES: dict[str, Any] = {"source": "calls", "phases": [{"name": "Reached", "values": ["Talked"]}]}
MESSAGE: dict[str, Any] = {
    "told": {"sent": 1, "edits": 1, "steps": 0}, "weights": [50, 50], "pinned": [50, 50], "hold": True,
    "locked": [False, True], "chosen": 3,
}  # fmt: skip


def fuzz_design(chance: random.Random, folder: Path) -> None:
    """Design files with values replaced; what can be read is checked."""
    design = parse_design(parse_json(as_file(changed(DESIGN, chance), chance), "a.json"), "a.json")
    tell(check_design(design))
    plain(design.name)


def fuzz_dataset(chance: random.Random, folder: Path) -> None:
    """Data set files with values replaced."""
    parse_dataset(parse_json(as_file(changed(DATASET, chance), chance), "a.json"), "a.json")


def fuzz_records(chance: random.Random, folder: Path) -> None:
    """Files of trials and phases with values replaced."""
    if chance.random() < 0.5:
        parse_trial(parse_json(as_file(changed(TRIAL, chance), chance), "a.json"), "a.json")
    else:
        parse_phases(parse_json(as_file(changed(PHASES, chance), chance), "a.json"), "a.json")


def fuzz_messages(chance: random.Random, folder: Path) -> None:
    """Messages of the live view with values replaced."""
    message = read_message(changed(MESSAGE, chance))
    if message is not None:
        assert abs(steps_between(0, message.told.steps)) <= 1_000
        assert all(weight >= 0 for weight in message.weights)


def fuzz_links(chance: random.Random, folder: Path) -> None:
    """Addresses of data sets and designs that are none."""
    asked = chance.choice((some_text(chance), "../" * chance.randint(1, 5) + "etc", "x" * 5_000, "a/b", "."))
    assert find_data_set(folder, asked) is None
    deleted_name(folder, asked)
    find_design(folder, asked)


def as_file(content: Any, chance: random.Random) -> bytes:
    """A value as the bytes of a file, now and then damaged."""
    raw = json.dumps(content).encode()
    if chance.random() < 0.1:
        at = chance.randrange(len(raw))
        return raw[:at] + chance.randbytes(3) + raw[at + 2 :]
    return raw


def tell(issues: Any) -> None:
    """Every issue has a sentence that can be sent to a browser."""
    for issue in issues:
        said = describe_issue(issue)
        f"{said.where} {said.message} {said.fix}".encode()


TARGETS: Mapping[str, Callable[[random.Random, Path], None]] = {
    "texts": fuzz_texts, "files": fuzz_files, "json lines": fuzz_json_lines, "formulas": fuzz_formulas,
    "designs": fuzz_design, "data sets": fuzz_dataset, "records": fuzz_records, "messages": fuzz_messages,
    "links": fuzz_links,
}  # fmt: skip


def run_once(target: str, seed: str) -> Crash | None:
    """One input for one target; None where it was answered or refused in words."""
    chance = random.Random(f"{target} {seed}")
    with tempfile.TemporaryDirectory(prefix="workbench-fuzz-") as folder:
        try:
            TARGETS[target](chance, Path(folder))
        except InputError as error:
            tell(error.issues)
        except Exception:
            return Crash(target, seed, traceback.format_exc())
    return None


def run_for(seconds: float, seed: int) -> tuple[Counter[str], list[Crash]]:
    """Inputs for the target that had the least time, until time is up; their number, and one crash of each kind."""
    ends, done, crashes = time.monotonic() + seconds, Counter[str](), dict[str, Crash]()
    spent = dict.fromkeys(TARGETS, 0.0)
    while (began := time.monotonic()) < ends:
        target = min(spent, key=spent.__getitem__)
        crash = run_once(target, f"{seed}.{done[target]}")
        done[target] += 1
        spent[target] += time.monotonic() - began
        if crash is not None:
            crashes.setdefault(crash.trace[-400:], crash)
    return done, list(crashes.values())


def main() -> None:
    """Fuzz for some seconds, and end with an error where anything crashed."""
    options = argparse.ArgumentParser(description=__doc__, prog="python -m tests.fuzz")
    options.add_argument("seconds", nargs="?", type=float, default=SECONDS)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = options.parse_args()
    print(f"> Strange input for {asked.seconds:.0f} seconds, seed {asked.seed}")
    done, crashes = run_for(asked.seconds, asked.seed)
    print("> " + ", ".join(f"{target} {n:,}" for target, n in done.items()))
    for crash in crashes:
        print(f"\n{crash.target}, seed {crash.seed}:\n{crash.trace}")
    print(f"> {len(crashes)} kinds of crash")
    raise SystemExit(1 if crashes else 0)


if __name__ == "__main__":
    main()
