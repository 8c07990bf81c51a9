"""Problems as values: a code, where it is, how many rows it touches, and the facts that a sentence about it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Literal

Level = Literal["error", "warning", "info"]
Area = Literal[
    "data_set", "roster", "reps", "dates", "exposure", "same_rep", "timezone", "goal", "kpis", "window", "formula",
    "link", "scored",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Where:
    """The place of a problem, as data; what does not apply is empty.

    Attributes
    ----------
    file : path or location of a file, database table or connection.
    source, lookup, lookup_number, measure, column : in a data set; a lookup is named by the location of its other file
        and, where the file says it twice, its number from 1.
    title : what people call the measure.
    kpi, design, data_set : by name. option : of a command, as typed. answer : the KPIs that an answer compares.
    area : a part of a data set or design that has no name of its own.
    path : the fields on the way to a value inside that place; entries of a list by their number from 1.
    """

    file: str = ""
    data_set: str = ""
    source: str = ""
    lookup: str = ""
    lookup_number: int = 0
    measure: str = ""
    title: str = ""
    column: str = ""
    design: str = ""
    kpi: str = ""
    answer: tuple[str, ...] = ()
    option: str = ""
    area: Area | None = None
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        """For engineers: ``source='calls' column='date'``."""
        filled = [(each.name, getattr(self, each.name)) for each in fields(self) if getattr(self, each.name)]
        return " ".join(f"{name}={value!r}" for name, value in filled)


@dataclass(frozen=True)
class Examples:
    """A few of many names. ``shown``: the first of them; ``n``: how many there are."""

    shown: tuple[str, ...]
    n: int

    @classmethod
    def of(cls, names: Iterable[str], most: int = 5) -> Examples:
        """The first ``most`` of the names, and their number."""
        every = tuple(names)
        return cls(every[:most], len(every))


@dataclass(frozen=True)
class Amount:
    """How much of a measure depends on some rows, in ``unit`` where the measure has one."""

    measure: str
    total: float
    unit: str | None = None


@dataclass(frozen=True)
class Spelling:
    """A name as written in ``n_rows`` rows, and the name that was probably meant."""

    written: str
    meant: str
    n_rows: int


Part = str | int | float | Examples | tuple[str, ...] | tuple[Amount, ...] | tuple[Spelling, ...] | None


@dataclass(frozen=True)
class Issue:
    """One problem or notable decision; ``workbench.words.issues`` turns it into sentences.

    Attributes
    ----------
    level : "error" (the work cannot go on), "warning" (numbers may be off), "info" (a decision we took).
    code : short stable name such as ``"blank_rep"``, for scripts and tests.
    where : the place.
    n_rows : rows touched; ``None`` where rows are not the unit.
    parts : the facts, by name, in the order of their names.
    """

    level: Level
    code: str
    where: Where
    n_rows: int | None = None
    parts: tuple[tuple[str, Part], ...] = ()

    @classmethod
    def of(cls, level: Level, code: str, where: Where, n_rows: int | None = None, **parts: Part) -> Issue:
        """An issue with its facts by name, which are those that the sentence of this code takes."""
        return cls(level, code, where, n_rows, tuple(sorted(parts.items())))

    def __str__(self) -> str:
        """For engineers: the code, the place and the facts."""
        facts = ", ".join(f"{name}={value!r}" for name, value in self.parts)
        return f"{self.code} at {self.where}" + (f": {facts}" if facts else "")


@dataclass
class InputError(Exception):
    """The input is at fault and the work cannot go on; carries every problem found, not just the first."""

    issues: tuple[Issue, ...] = field(default_factory=tuple)

    def __init__(self, issues: Issue | Iterable[Issue]) -> None:
        self.issues = (issues,) if isinstance(issues, Issue) else tuple(issues)
        super().__init__("\n".join(map(str, self.issues)))


def refused(code: str, where: Where, **parts: Part) -> InputError:
    """The exception for one problem that stops the work."""
    return InputError(Issue.of("error", code, where, None, **parts))


def errors(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Only the issues that stop the work."""
    return tuple(issue for issue in issues if issue.level == "error")
