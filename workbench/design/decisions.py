"""Decisions for a design: who chose what from when on, why, who disagreed, and what was known then.

Records are only ever added. A decision made by mistake is withdrawn by another record.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import uuid4

from pydantic import AwareDatetime, Field, ValidationError

from workbench.data.library.data_sets import read_stamps
from workbench.data.library.versions import saves_before
from workbench.data.model.dataset import Grain, Model, parse_json
from workbench.design.model import Design, Goal, Kpi
from workbench.errors import InputError
from workbench.store.document_rows import StoredDocument
from workbench.store.documents import DocumentReader
from workbench.store.kinds import DECISION
from workbench.store.opening import reading, writing

_ID = r"^[0-9a-f]{12}$"
_DATA = re.compile(r"[\w-]+")


class KnownLink(Model):
    """A correlation as it was known; ``rho``, ``low`` and ``high`` are None where there was not enough data."""

    rho: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    n_reps: int = 0
    method: str = ""
    reason: str = ""


class KnownFigures(Model):
    """The figures of a design as they were known: see ``scoring.compare.OptionOutcome``."""

    ranks_anybody: bool
    best_on_top: int
    best_sellers: int
    unjust: int
    called_in: int
    next_period: KnownLink
    across_reps: KnownLink


class KnownData(Model):
    """The data as they were: ``key`` is the panel's fingerprint, ``first`` and ``last`` the first days of periods."""

    key: str
    grain: Grain
    n_reps: int
    n_periods: int
    first: dt.date
    last: dt.date


class Considered(Model):
    """A design that was among those to choose from, by its id in the store, with its figures then."""

    design: str = Field(pattern=_ID)
    name: str
    known: KnownFigures


class Dissent(Model):
    """Somebody who disagreed, by name or alias, and what they said."""

    who: str = Field(min_length=1)
    says: str = ""


class Decision(Model):
    """A choice of a design.

    Attributes
    ----------
    decided : when it was recorded. in_force : the first day on which the design counts. review : when to review it.
    design, chosen : its id in the store, and the whole of it, goal included.
    considered : the designs to choose from with their figures then, the chosen one first.
    expects : what is expected to change by the review.
    """

    kind: Literal["decision"] = "decision"
    id: str = Field(pattern=_ID)
    decided: AwareDatetime
    by: str = ""
    design: str = Field(pattern=_ID)
    chosen: Design
    why: str = Field(min_length=1)
    expects: str = ""
    dissent: tuple[Dissent, ...] = ()
    in_force: dt.date
    review: dt.date
    data: KnownData
    considered: tuple[Considered, ...] = Field(min_length=1)

    @property
    def called(self) -> str:
        """What the chosen design was called when it was chosen: as an option, else by its own name."""
        return self.considered[0].name

    @property
    def known(self) -> KnownFigures:
        """The chosen design's figures then."""
        return self.considered[0].known


PivotStep = Literal["keep", "change", "stop"]


class Pivot(Model):
    """A step with one KPI: kept, changed or stopped from a day on.

    Attributes
    ----------
    kpi, goal : as they were, whole. expects : the effect expected by the review. data : the data known then.
    """

    kind: Literal["pivot"] = "pivot"
    id: str = Field(pattern=_ID)
    decided: AwareDatetime
    by: str = ""
    step: PivotStep
    kpi: Kpi
    goal: Goal
    why: str = Field(min_length=1)
    expects: str = ""
    in_force: dt.date
    review: dt.date
    data: KnownData


class Withdrawal(Model):
    """The end of a decision or pivot that was recorded by mistake, with the reason."""

    kind: Literal["withdrawal"] = "withdrawal"
    id: str = Field(pattern=_ID)
    decided: AwareDatetime
    by: str = ""
    withdraws: str = Field(pattern=_ID)
    why: str = Field(min_length=1)


DecisionRecord = Decision | Pivot | Withdrawal


@dataclass(frozen=True)
class DecisionLog:
    """Every record of a data set, in the order of recording; ``n_damaged`` could not be read."""

    decisions: tuple[Decision, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    n_damaged: int = 0
    pivots: tuple[Pivot, ...] = ()

    def withdrawal_of(self, record: Decision | Pivot) -> Withdrawal | None:
        """The record that withdraws another one, the first if there are several; None while that one stands."""
        return next((each for each in self.withdrawals if each.withdraws == record.id), None)


def read_decisions(home: Path, data: str) -> DecisionLog:
    """Read the records of a data set and of the versions that led to it; damaged ones are counted and left alone."""
    found: list[DecisionRecord] = []
    n_damaged = 0
    with reading(home) as store:
        for stored in _records(store, home, data):
            try:
                found.append(_parse(parse_json(stored.version.content.encode() if stored.version else b"", stored.key)))
            except (InputError, ValidationError):
                n_damaged += 1
    found.sort(key=lambda each: (each.decided, each.id))
    decisions = tuple(each for each in found if isinstance(each, Decision))
    pivots = tuple(each for each in found if isinstance(each, Pivot))
    return DecisionLog(decisions, tuple(each for each in found if isinstance(each, Withdrawal)), n_damaged, pivots)


def has_decisions(home: Path) -> bool:
    """Whether anything was decided on any data set. Raises OSError."""
    with reading(home) as store:
        return bool(store.data_sets(DECISION))


def add_record(home: Path, data: str, record: DecisionRecord) -> None:
    """Add a record.

    Raises
    ------
    OSError
        Where nothing can be written.
    FileExistsError
        Where this record is there already: what was recorded is never written again.
    """
    if not _DATA.fullmatch(data):
        raise LookupError(f"no data set is called {data!r}")
    key = f"{record.decided:%Y%m%dT%H%M%S}-{record.id}"
    with writing(home) as store:
        if store.find(DECISION, data, key) is not None:
            raise FileExistsError(key)
        store.save(DECISION, data, key, record.model_dump_json(by_alias=True))


def copy_decisions(home: Path, data: str, other: str) -> None:
    """Copy the records of a data set to one made from it, as far as that one and its versions lack them.

    Damaged ones are copied as they are. Raises OSError where nothing can be written.
    """
    with writing(home) as store:
        known = {each.key for each in _records(store, home, other)}
        for each in _records(store, home, data):
            if each.key not in known and each.version is not None:
                store.save(DECISION, other, each.key, each.version.content, author=each.version.author)


def new_record_id() -> str:
    """Return an id that no other record has."""
    return uuid4().hex[:12]


def _records(store: DocumentReader, home: Path, data: str) -> list[StoredDocument]:
    """The records of a data set and of all that led to it."""
    recorded = store.data_sets(DECISION)
    if not recorded:
        return []
    ids: Iterable[str] = (data,)
    if recorded != {data}:  # the history of versions is long to read
        ids = dict.fromkeys((data, *(version for version, _ in saves_before(data, read_stamps(home)))))
    return [record for each in ids if each in recorded for record in store.list(DECISION, each)]


def _parse(content: dict[str, object]) -> DecisionRecord:
    kinds: dict[object, type[DecisionRecord]] = {"withdrawal": Withdrawal, "pivot": Pivot}
    return kinds.get(content.get("kind"), Decision).model_validate(content)


def parse_dissent(text: str) -> tuple[Dissent, ...]:
    """Read who disagrees from lines such as ``Ana Ruiz: too many dials``; a line without a colon is a name alone.

    Examples
    --------
    >>> parse_dissent("Ana: no\\n\\nBen")
    (Dissent(who='Ana', says='no'), Dissent(who='Ben', says=''))
    """
    parted = [line.partition(":") for line in text.splitlines()]
    return tuple(Dissent(who=who.strip(), says=says.strip()) for who, _, says in parted if who.strip())
