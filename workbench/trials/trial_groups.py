"""Who changes and who is compared, and what was assigned: single reps, or offices as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.data.model.panel import REP, Panel
from workbench.errors import Where
from workbench.formula.formula import parse_formula
from workbench.trials.check_trial import people_named
from workbench.trials.trial_file import EVERYBODY, REP_UNIT, TrialFile

_TRIAL = Where(path=("treated",))
FEWEST_IN_UNIT = 2


@dataclass(frozen=True, eq=False)
class TrialGroups:
    """The reps of a trial.

    Attributes
    ----------
    reps : (R,) names with rows in the panel, sorted. treated : (R,) bool; the others are the comparison.
    units : (R,) what each belongs to; the rep's own name where reps were assigned, empty where it is unknown.
    unit : ``rep`` or a roster attribute. found_unit : the unit is not the card's: all who change share values of this
        attribute, and nobody compared does.
    absent : names of both groups without a row in the panel, and whether each is treated.
    """

    reps: np.ndarray
    treated: np.ndarray
    units: np.ndarray
    unit: str
    found_unit: bool
    absent: tuple[tuple[str, bool], ...]


def trial_groups(panel: Panel, file: TrialFile) -> TrialGroups:
    """Return who takes part in a checked trial. Raises InputError for a formula that does not parse."""
    treated = set(people_named(file.treated, panel, _TRIAL))
    if file.comparison is None:
        compared = set(panel.reps[REP]) - treated
    else:
        compared = set(people_named(file.comparison, panel, Where(path=("comparison",)))) - treated
    there = set(panel.frame[REP])
    reps = np.array(sorted((treated | compared) & there), dtype=object)
    changes = np.isin(reps, sorted(treated))
    named = treated | (compared if file.comparison is not None else set())
    absent = tuple((rep, rep in treated) for rep in sorted(named - there))
    unit = _unit_assigned(panel, file, reps, changes)
    return TrialGroups(reps, changes, _units(panel, unit, reps), unit, unit != file.unit, absent)


def _units(panel: Panel, unit: str, reps: np.ndarray) -> np.ndarray:
    if unit == REP_UNIT:
        return reps
    return panel.reps.set_index(REP)[unit].reindex(reps).map(_text).to_numpy(object)


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _unit_assigned(panel: Panel, file: TrialFile, reps: np.ndarray, treated: np.ndarray) -> str:
    """Return the unit of the card; where reps were picked, but as whole groups, the attribute that groups them.

    Reps of one office share its good and bad months, so that an office counts once however many reps it has. Single
    reps drawn by lot do not make up whole offices of three or more. A column of two groups may record the draw, unless
    the card's formula picks by it: then the card has to say so (``arm``). Of several such attributes that which the
    formula names, else the one with the fewest groups.
    """
    if file.unit != REP_UNIT or treated.all() or not treated.any():
        return file.unit
    whole = [name for name in panel.attributes if name != file.arm and _separates(panel, name, reps, treated)]
    named = _named_in(file)
    if file.drawn:
        whole = [name for name in whole if name in named or len(set(_units(panel, name, reps))) > 2]
    whole.sort(key=lambda name: (name not in named, panel.reps[name].nunique()))
    return whole[0] if whole else REP_UNIT


def _named_in(file: TrialFile) -> tuple[str, ...]:
    formula = isinstance(file.treated, str) and file.treated != EVERYBODY
    return parse_formula(str(file.treated), None, _TRIAL, condition=True).names if formula else ()


def _separates(panel: Panel, name: str, reps: np.ndarray, treated: np.ndarray) -> bool:
    values = pd.Series(_units(panel, name, reps))
    mine, theirs = set(values[treated]) - {""}, set(values[~treated]) - {""}
    several = treated.sum() >= FEWEST_IN_UNIT * len(mine) and len(values) >= FEWEST_IN_UNIT * len(mine | theirs)
    return bool(mine and theirs and not mine & theirs and several and (values != "").all())
