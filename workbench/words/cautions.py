"""What the data are known to lack, in the few words that stand beside a KPI."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.data.aggregate.cautions import Caution, CautionCode
from workbench.data.model.dataset import Grain
from workbench.words.lists import list_names
from workbench.words.numbers import percent, pluralize
from workbench.words.panels import period_name

MOST = 2

_SAID: dict[CautionCode, Callable[[Caution, Grain], str]] = {
    "gap": lambda found, grain: f"known for {found.n} of {pluralize(found.of, grain)}",
    "unfinished": lambda found, grain: (
        f"{list_names([period_name(each, grain) for each in found.periods])} "
        f"{'are' if len(found.periods) > 1 else 'is'} incomplete"
    ),
    "repeated": lambda found, _: f"{percent(found.share)} from repeated rows",
    "twice": lambda _, __: "rows stand in two files",
    "unmatched": lambda found, _: f"{percent(found.share)} from rows without a match",
    "lost": lambda found, _: f"{percent(found.share)} lost for lack of a name or date",
    "spellings": lambda _, __: "one rep may have two spellings",
    "day_order": lambda _, __: "day and month may be swapped",
}


def caution_words(cautions: Sequence[Caution], grain: Grain, most: int = MOST) -> str:
    """``known for 3 of 37 months, 12% from repeated rows``; empty if nothing is known against the data."""
    said = [_SAID[each.code](each, grain) for each in cautions]
    more = [f"{len(said) - most} more"] if len(said) > most else []
    return ", ".join([*said[:most], *more])


def all_caution_words(cautions: Sequence[Caution], grain: Grain) -> str:
    """Everything known, as a sentence: ``Data: known for 3 of 37 months, 12% from repeated rows.``"""
    return f"Data: {caution_words(cautions, grain, len(cautions))}." if cautions else ""


def kpis_cautions_sentence(cautions: Sequence[tuple[str, str]]) -> str:
    """``Data to be careful with: Calls and Mails (known for 3 of 37 months) · Won (12% from repeated rows).``"""
    names: dict[str, list[str]] = {}
    for name, what in cautions:
        names.setdefault(what, []).append(name)
    said = [f"{list_names(list(dict.fromkeys(names[what])))} ({what})" for what in names if what]
    return f"Data to be careful with: {' · '.join(said)}." if said else ""
