"""Measures of a phase, so that its rate can be a KPI: calls that reached it, and calls that reached the one before."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.data.model.event_codes import normalise_code
from workbench.formula.formula import quote_name
from workbench.phases.phase_file import JOIN, PhaseFile, phase_numbers


def with_rate_of_phase(
    dataset: DataSet, file: PhaseFile, phases: Collection[str], k: int, forms: Mapping[str, tuple[str, ...]]
) -> tuple[DataSet, str]:
    """Return the data set with the measures of a phase, and the formula of its rate.

    A measure that counts the same rows already is used as it is.

    Parameters
    ----------
    phases : names of the phases as they are read, merged ones joined; ``k`` is the place of one, from 0.
    forms : by code, every form in which the file writes the outcome.
    """
    names = list(phases)
    reached = _furthest_place(file, names[k])
    before = _furthest_place(file, names[k - 1]) if k else 0
    source = next(source for source in dataset.sources if source.name == file.source)
    source, above = _with_count(source, dataset, file, reached, names[k], forms)
    source, below = _with_count(source, dataset, file, before, names[k - 1] if k else "Calls with an outcome", forms)
    sources = tuple(source if each.name == source.name else each for each in dataset.sources)
    return dataset.model_copy(update={"sources": sources}), f"{quote_name(above)} / {quote_name(below)}"


def _furthest_place(file: PhaseFile, name: str) -> int:
    """Return the place, from 1, of a phase; of joined phases that of the last."""
    return max(place for place, each in enumerate(file.phases, 1) if name == each or name.endswith(JOIN + each))


def _with_count(
    source: Source, dataset: DataSet, file: PhaseFile, place: int, title: str, forms: Mapping[str, tuple[str, ...]]
) -> tuple[Source, str]:
    """Return the source with a count of the calls that reached a place; place 0: of all with a mapped outcome."""
    column = source.events.disposition if source.events else None
    if column is None:
        raise LookupError(f"{source.name} has no column of outcomes")
    codes = [code for code, number in phase_numbers(file).items() if number >= place]
    written = [form for code in codes for form in forms.get(code, ())]
    where = f"{quote_name(column)} in ({', '.join(_text(each) for each in written)})"
    every_row = place == 0 and all(code in codes for code in forms)
    counts = [each for each in source.measures if each.aggregate == "count" and not (each.date or each.credit)]
    same = next((each.name for each in counts if each.where == where or (every_row and each.where is None)), None)
    if same is not None:
        return source, same
    taken = {measure.name for each in (*dataset.sources, source) for measure in each.measures}
    name = _free_name(title, taken)
    made = Measure(name=name, aggregate="count", where=where, label=title)
    return source.model_copy(update={"measures": (*source.measures, made)}), name


def _free_name(title: str, taken: Collection[str]) -> str:
    name = "calls_" + normalise_code(title).replace("+", "and")
    return next(each for each in (name, *(f"{name}_{n}" for n in range(2, len(taken) + 3))) if each not in taken)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
