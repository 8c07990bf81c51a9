"""Check a trial file: dates in order, formulas that parse, people and attributes that the data have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.data.model.periods import ends_of_periods
from workbench.errors import Examples, InputError, Issue, Where
from workbench.formula.formula import Formula, evaluate, parse_formula
from workbench.problems import nearest
from workbench.trials.trial_file import EVERYBODY, REP_UNIT, TrialFile, Who


def check_trial(file: TrialFile, panel: Panel | None = None, name: str = "trial file") -> tuple[Issue, ...]:
    """Return every problem of a trial file, on its own and, where given, against a panel.

    A trial whose start lies after the data is no problem: it has not begun. One that starts with the data's first
    period, or before it, has no history and is an error.
    """
    found = [*_check_dates(file, name), *_check_names_once(file, name)]
    if panel is not None:
        found += _check_formulas(file, panel, name)
        found += _check_people(file, panel, name)
        found += _check_span(file, panel, name)
    return tuple(found)


def people_named(who: Who, panel: Panel, where: Where) -> tuple[str, ...]:
    """Return the reps that names or a formula mean, in the panel's order; names that no rep has are left out.

    Raises
    ------
    InputError
        A formula that does not parse, or over attributes that the roster does not have.
    """
    reps = panel.reps
    if who == EVERYBODY:
        return tuple(reps[REP])
    if isinstance(who, tuple):
        return tuple(reps[REP][reps[REP].isin(who)])
    formula: Formula = parse_formula(who, (REP, *panel.attributes), where, condition=True)
    return tuple(reps[REP][evaluate(formula, reps).eq(1.0).to_numpy()])


def _place(name: str, *path: str) -> Where:
    return Where(file=name, path=path)


def _check_dates(file: TrialFile, name: str) -> Iterator[Issue]:
    if file.end is not None and file.end < file.start:
        yield Issue.of("error", "trial_ends_early", _place(name, "end"))
    for unit, start in file.starts.items():
        if start < file.start or (file.end is not None and start > file.end):
            yield Issue.of("error", "start_outside_trial", _place(name, "starts", unit), name=unit)


def _check_names_once(file: TrialFile, name: str) -> Iterator[Issue]:
    for field in ("treated", "comparison"):
        who = getattr(file, field)
        if isinstance(who, tuple):
            for person, times in Counter(who).items():
                if times > 1:
                    yield Issue.of("warning", "named_twice", _place(name, field), name=person)


def _check_formulas(file: TrialFile, panel: Panel, name: str) -> Iterator[Issue]:
    written = [(("measure",), file.measure)] + [(("side_effects",), each) for each in file.side_effects]
    for path, text in written + ([(("lever",), file.lever)] if file.lever else []):
        try:
            parse_formula(text, panel.measure_names, _place(name, *path))
        except InputError as refused:
            yield from refused.issues


def _check_people(file: TrialFile, panel: Panel, name: str) -> Iterator[Issue]:
    known, found = list(panel.reps[REP]), {}
    for field in ("treated", "comparison"):
        who = getattr(file, field)
        if isinstance(who, tuple):
            for person in dict.fromkeys(who):
                if person not in known:
                    yield Issue.of("error", "unknown_person", _place(name, field), name=person,
                                   near=nearest(person, known))  # fmt: skip
        try:
            found[field] = set(people_named(who, panel, _place(name, field))) if who is not None else set()
        except InputError as refused:
            found[field] = set()
            yield from refused.issues
        else:
            if who is not None and not found[field] and not (isinstance(who, tuple) and who):
                yield Issue.of("error", "nobody_meant", _place(name, field))
    for person in sorted(found["treated"] & found["comparison"]):
        yield Issue.of("error", "treated_and_comparison", _place(name, "comparison"), name=person)
    yield from _check_unit(file, panel, name, found)


def _check_unit(file: TrialFile, panel: Panel, name: str, found: dict[str, set[str]]) -> Iterator[Issue]:
    units = (REP_UNIT, *panel.attributes)
    if file.arm is not None and file.arm not in panel.attributes:
        yield Issue.of("error", "unknown_arm", _place(name, "arm"), name=file.arm,
                       near=nearest(file.arm, panel.attributes), known=Examples.of(panel.attributes))  # fmt: skip
    if file.unit not in units:
        yield Issue.of("error", "unknown_unit", _place(name, "unit"), name=file.unit, near=nearest(file.unit, units),
                       known=Examples.of(units))  # fmt: skip
        return
    values = panel.reps.set_index(REP)[file.unit].dropna().astype(str) if file.unit != REP_UNIT else None
    known = list(panel.reps[REP]) if values is None else sorted(values.unique())
    for unit in file.starts:
        if unit not in known:
            yield Issue.of("error", "unknown_start", _place(name, "starts"), name=unit, near=nearest(unit, known),
                           known=Examples.of(known))  # fmt: skip
    if values is not None:
        sides = {side: set(values[values.index.isin(people)]) for side, people in found.items()}
        others = set(values[~values.index.isin(found["treated"])]) if file.comparison is None else sides["comparison"]
        for unit in sorted(sides["treated"] & others):
            yield Issue.of("error", "unit_split", _place(name, "unit"), name=unit, unit=file.unit)


def _check_span(file: TrialFile, panel: Panel, name: str) -> Iterator[Issue]:
    periods = panel.frame[PERIOD]
    if periods.empty:
        yield Issue.of("error", "trial_without_data", _place(name, "start"))
        return
    first_end = ends_of_periods(pd.Series([periods.min()]), panel.grain)[0]
    if pd.Timestamp(file.start) <= first_end:
        yield Issue.of("error", "trial_before_data", _place(name, "start"), since=f"{periods.min():%Y-%m-%d}")
