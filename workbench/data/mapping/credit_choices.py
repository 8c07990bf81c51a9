"""Choices about credit: rows that share a case, and whose win it is when several people worked on one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from workbench.data.columns.read_column import clean_text
from workbench.data.engine.embedded import Engine
from workbench.data.files.table import Table, open_table
from workbench.data.files.table_locations import location_of
from workbench.data.mapping import guess_words as words
from workbench.data.mapping.edit import with_source
from workbench.data.mapping.guess_columns import guess_activity_column, guess_status_column
from workbench.data.mapping.guess_words import has_word
from workbench.data.mapping.profile import profile_columns
from workbench.data.model.dataset import Aggregate, Credit, CreditTo, DataSet, Measure, Source
from workbench.errors import InputError
from workbench.formula.value_choice import Choice, parse_choice

FEWEST_SHARED = 0.1  # of the cases of several rows that several people work on
MOST_STEPS, SAMPLED = 12, 200_000
CREDITED: tuple[Aggregate, ...] = ("count", "sum", "mean")


@dataclass(frozen=True)
class SharedCases:
    """The cases of a source that several people work on.

    Attributes
    ----------
    column : the column of the case. share : share of the cases with several rows that have several people.
    step : the column that says which step a row is, None without one; ``steps`` are its values, most frequent first.
    """

    column: str
    share: float
    step: str | None
    steps: tuple[str, ...]


def find_shared_cases(folder: Path, source: Source) -> SharedCases | None:
    """Find the column of a source by which rows of several people belong together; None if there is none."""
    if not source.rep or source.unpivot or source.lookups or source.query:
        return None
    with Engine() as engine:
        try:
            table = open_table(folder=folder, engine=engine, **asdict(location_of(source)))
        except InputError:
            return None
        if source.rep not in table.columns:
            return None
        named = [name for name in table.columns if _is_named_like_case(name, source)]
        able = [column.name for column in profile_columns(table, engine, named) if 1.2 < column.repeats < 200]
        found = [(_share_of_several(table, name, source.rep), name) for name in able]
        share, name = max(found, default=(0.0, ""))
        if share < FEWEST_SHARED:
            return None
        columns = profile_columns(table, engine)
    step = guess_activity_column(columns) or guess_status_column(columns)
    return SharedCases(name, share, step.name if step else None, step.values[:MOST_STEPS] if step else ())


def _is_named_like_case(name: str, source: Source) -> bool:
    return has_word(name, (*words.ID, *words.CASE)) and name not in (source.rep, source.date)


def _share_of_several(table: Table, case: str, rep: str) -> float:
    some = table.rows.limit(SAMPLED)
    rows = some.select(of=clean_text(some, case).expr, who=clean_text(some, rep).expr).drop_null()
    cases = rows.group_by("of").aggregate(n=rows.count(), people=rows["who"].nunique())
    several = cases.filter(cases["n"] > 1)
    found = several.aggregate(n=several.count(), shared=(several["people"] > 1).sum()).to_pyarrow().to_pylist()[0]
    return (found["shared"] or 0) / found["n"] if found["n"] else 0.0


def credited_measures(source: Source) -> tuple[str, ...]:
    """Return the names of the measures that are credited to another row of the same case."""
    return tuple(measure.name for measure in source.measures if measure.credit)


def current_credit(source: Source) -> Credit | None:
    """Return the credit of the first credited measure; None if every row belongs to its own rep."""
    return next((measure.credit for measure in source.measures if measure.credit), None)


def credited_step(credit: Credit | None) -> str | None:
    """Return the one step that earns the credit; None for any step, or another condition."""
    choice = parse_choice(credit.where) if credit and credit.where else None
    return choice.values[0] if choice and len(choice.values) == 1 else None


def suggest_credited(source: Source, step: str) -> tuple[str, ...]:
    """Suggest which measures a step earns: what was won, else everything that is not the step itself."""
    able = [measure for measure in source.measures if measure.aggregate in CREDITED]
    won = [measure for measure in able if has_word(measure.label or measure.name, ("won", "accepted", "sold", "sales"))]
    others = [measure for measure in able if measure.where and step not in _values(measure)]
    return tuple(measure.name for measure in won or others)


def _values(measure: Measure) -> tuple[str, ...]:
    choice = parse_choice(measure.where) if measure.where else None
    return choice.values if choice else ()


def with_credit(
    dataset: DataSet, number: int, cases: SharedCases, step: str | None, to: CreditTo, measures: Collection[str]
) -> DataSet:
    """Credit measures to whoever did a step of the same case; every other measure to the row's own rep."""
    where = Choice(cases.step, (step,)).formula() if step is not None and cases.step else None
    return with_credited(dataset, number, Credit(case=cases.column, to=to, where=where), measures)


def with_credited(dataset: DataSet, number: int, credit: Credit, measures: Collection[str]) -> DataSet:
    """Credit measures as ``credit`` says, such as a condition that no single step is; the others to the own rep."""
    source = dataset.sources[number]
    changed = tuple(
        measure.model_copy(update={"credit": credit if measure.name in set(measures) else None})
        for measure in source.measures
    )
    return with_source(dataset, number, measures=changed)
