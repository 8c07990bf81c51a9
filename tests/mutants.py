"""Do the tests fail when something breaks? Small breaks of the core, made by mutmut: ``python -m tests.mutants``.

Rooms, samples and the mutants that nobody could notice are listed in ``tests/mutants.toml``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.sources import ROOT

LIST = ROOT / "tests" / "mutants.toml"
WORK = ROOT / ".mutants"  # a dot, so that neither pytest nor ruff look for anything in it
LINKED = ("workbench", "tests", "sample_data", "benchmarks", "pages", "streamlit_app.py", "requirements.txt")
KILLED = {1, 3, 24, -24, 36, 152, 255}  # a failing test, or far more time than it takes unbroken
REQUIRED = 0.9
NOBODY = "none.of.them"


@dataclass(frozen=True)
class Room:
    """What is broken, and the tests that must notice: those of the room itself, so that a run is short."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    sample: int
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Equivalent:
    """A mutant that no test can kill, by what it changes and not by mutmut's number, which moves with the code."""

    function: str
    was: str
    becomes: str
    reason: str


def read(text: str) -> tuple[int, tuple[Room, ...], tuple[Equivalent, ...]]:
    """The seed, the rooms and the equivalent mutants of the list. Raises TypeError for a key it does not know."""
    content = tomllib.loads(text)
    rooms = (
        Room(**{"name": name, "sample": content["sample"], **_tuples(room)}) for name, room in content["rooms"].items()
    )
    return content["seed"], tuple(rooms), tuple(Equivalent(**each) for each in content.get("equivalent", ()))


def _tuples(fields: Mapping[str, object]) -> dict[str, object]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}


def sampled(names: Iterable[str], n: int | None, seed: int) -> tuple[str, ...]:
    """The n names with the smallest hash: a change of one function leaves the sample of the others as it was."""
    ordered = sorted(names, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).hexdigest())
    return tuple(sorted(ordered[:n]))


def changed_lines(diff: str) -> tuple[str, str]:
    """What a unified diff takes out and puts in, without indentation."""
    return tuple(
        "\n".join(line[1:].strip() for line in diff.splitlines() if re.match(rf"{sign}(?!{sign}{sign} )", line))
        for sign in (r"-", r"\+")
    )


def plain_name(mutant: str) -> str:
    """``workbench.formula.tree.xǁNodeǁkind__mutmut_3`` → ``workbench.formula.tree.Node.kind``."""
    module, _, mangled = mutant.rpartition(".")
    return f"{module}.{re.sub(r'__mutmut_[0-9]+$', '', mangled)[2:].replace('ǁ', '.')}"


def _prepared(room: Room) -> Path:
    """A folder in which mutmut works, so that the checkout stays clean; what it found before stays there."""
    folder = WORK / room.name.replace("/", "-")
    folder.mkdir(parents=True, exist_ok=True)
    for name in LINKED:
        if not (folder / name).is_symlink():
            (folder / name).symlink_to(ROOT / name, target_is_directory=(ROOT / name).is_dir())
    settings = {
        "source_paths": ["workbench"],
        "only_mutate": list(room.modules),
        "do_not_mutate": ["*/__init__.py", *room.without],
        "also_copy": [name for name in LINKED if name not in ("workbench", "tests")],
        "pytest_add_cli_args": ["-p", "no:cacheprovider"],
        "pytest_add_cli_args_test_selection": list(room.tests),
        "process_isolation": "forkserver",  # the engine's threads do not survive a fork
        "use_git_change_detection": False,
        "timeout_constant": 20.0,  # of the clock, which also runs while others use the machine
        "timeout_multiplier": 5.0,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    text = "\n".join([project, "[tool.mutmut]", *lines, ""])
    if not (folder / "pyproject.toml").exists() or (folder / "pyproject.toml").read_text(encoding="utf-8") != text:
        (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    shutil.rmtree(folder / "mutants" / "tests", ignore_errors=True)  # or tests that are gone would go on living there
    return folder


def _mutmut(folder: Path, *arguments: str) -> tuple[int, str]:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "WORKBENCH_TESTS": "mutants"}
    done = subprocess.run(
        [str(Path(sys.executable).with_name("mutmut")), *arguments],
        cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def _results(folder: Path) -> dict[str, int | None]:
    """mutmut's exit code of every mutant; None where it has not been tried."""
    found: dict[str, int | None] = {}
    for path in sorted((folder / "mutants").rglob("*.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def _every_name(folder: Path) -> dict[str, int | None]:
    """Make the mutants and find which tests touch them. mutmut does both only on its way to trying some, so it is
    asked for one that cannot be, and stops there."""
    _, said = _mutmut(folder, "run", "--max-children", "1", NOBODY)
    if "nothing matches" not in said:
        raise SystemExit(f"mutmut could not prepare {folder}:\n{said[-3000:]}")
    return _results(folder)


@dataclass(frozen=True)
class Tried:
    """What became of a room's sample."""

    room: Room
    n_all: int
    names: tuple[str, ...]
    equivalent: tuple[str, ...]
    survived: Mapping[str, str]

    @property
    def share(self) -> float:
        """Killed, of those that can be noticed at all."""
        noticeable = len(self.names) - len(self.equivalent)
        return 1 - len(self.survived) / noticeable if noticeable else 1.0

    def __str__(self) -> str:
        killed = len(self.names) - len(self.equivalent) - len(self.survived)
        return (
            f"{self.room.name}: {len(self.names)} of {self.n_all} mutants tried, {killed} killed, "
            f"{len(self.equivalent)} equivalent, {len(self.survived)} survived: "
            f"{100 * self.share:.1f} % of those that can be noticed"
        )


def tried(room: Room, n: int | None, seed: int, known: tuple[Equivalent, ...]) -> Tried:
    """Try a sample of n mutants (all of them with None). Those killed before, in code that is still the same, stay
    killed; those that survived are tried again, since a test may have been added."""
    folder = _prepared(room)
    before = _every_name(folder)
    names = sampled(before, n, seed)
    if due := [name for name in names if before[name] not in KILLED]:
        _, said = _mutmut(folder, "run", "--max-children", "1", *due)
        if "Mutant results" not in said:
            raise SystemExit(f"mutmut stopped in {folder}; run again to go on:\n{said[-3000:]}")
    after = _results(folder)
    alive = {name: _mutmut(folder, "show", name)[1] for name in names if after[name] not in KILLED}
    listed = {(each.function, each.was, each.becomes) for each in known}
    equivalent = tuple(name for name, diff in alive.items() if (plain_name(name), *changed_lines(diff)) in listed)
    return Tried(room, len(after), names, equivalent, {k: v for k, v in alive.items() if k not in equivalent})


def main() -> int:
    seed, rooms, known = read(LIST.read_text(encoding="utf-8"))
    options = argparse.ArgumentParser(prog="make mutants ARGS=…", description=__doc__)
    options.add_argument("rooms", nargs="*", metavar="ROOM", help=f"of {', '.join(room.name for room in rooms)}")
    options.add_argument("--all", action="store_true", help="every mutant instead of a sample (hours)")
    options.add_argument("--sample", type=int, help="how many mutants a room")
    options.add_argument("--seed", type=int, default=seed, help="another sample")
    options.add_argument("--afresh", action="store_true", help="forget what earlier runs found")
    chosen = options.parse_args()
    if unknown := set(chosen.rooms) - {room.name for room in rooms}:
        options.error(f"no such room: {', '.join(sorted(unknown))}")
    if chosen.afresh:
        shutil.rmtree(WORK, ignore_errors=True)
    weak = []
    for room in rooms:
        if chosen.rooms and room.name not in chosen.rooms:
            continue
        found = tried(room, None if chosen.all else chosen.sample or room.sample, chosen.seed, known)
        for name, diff in found.survived.items():
            print(f"\nsurvived: {plain_name(name)} ({name.rpartition('_')[2]})\n{diff.strip()}")
        print(f"\n{found}", flush=True)
        weak += [room.name] if found.share < REQUIRED else []
    if weak:
        print(f"\nBelow {100 * REQUIRED:.0f} %: {', '.join(weak)}")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
