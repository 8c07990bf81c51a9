"""Compute what an export holds, once for every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from workbench.data.model.panel import Panel
from workbench.design.free_texts import change_free_texts, only_rules
from workbench.design.model import Design
from workbench.scoring.backtest import Backtest, run_backtest
from workbench.scoring.compare import OptionOutcome, evaluate_option
from workbench.scoring.preview import Preview, build_preview
from workbench.words.rep_names import shown_rep_names, without_rep_names

Audience = Literal["leaders", "reps"]
"""Leaders get everything; reps the scorecard alone, without anybody's rank, score or sales."""


@dataclass(frozen=True, eq=False)
class ExportContent:
    """One design on one panel, with everything that the three formats say of it.

    Attributes
    ----------
    design : with aliases in the texts that people wrote where names are hidden. names : how each rep is called.
    current : the outcome of the current scorecard; None where there is none, or where it is this design.
    audience : who is to read the file.
    """

    panel: Panel
    design: Design
    names: Mapping[str, str]
    backtest: Backtest
    seen: Preview
    outcome: OptionOutcome
    current: OptionOutcome | None = None
    audience: Audience = "leaders"


def gather_export(
    panel: Panel, design: Design, *, hidden: bool, current: Design | None = None, audience: Audience = "leaders"
) -> ExportContent:
    """Run the backtest of a design and gather what is exported.

    Parameters
    ----------
    hidden : whether reps are called "Rep 01" …, in the texts of the design too.
    current : the scorecard it is compared with.
    audience : who is to read the file; reps get the scorecard alone.

    Raises
    ------
    InputError
        When a design does not fit the panel.
    """
    names = shown_rep_names(panel.reps["rep"], hidden=hidden)
    said = change_free_texts(design, partial(without_rep_names, names=names))
    found = run_backtest(panel, said)
    same = current is None or only_rules(current) == only_rules(design)
    other = None if current is None or same else evaluate_option(panel, current)
    return ExportContent(panel, found.design, names, found, build_preview(found.history),
                         evaluate_option(panel, said), other, audience)  # fmt: skip
