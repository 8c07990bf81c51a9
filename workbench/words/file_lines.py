"""What each file is for, as one sentence that starts its line; every bold word can be chosen below."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.data.mapping.outcome_choices import Outcome, TwoDates
from workbench.data.model.dataset import Grain, Lookup, Measure, Roster, Source
from workbench.formula.value_choice import parse_choice
from workbench.words.markdown import plain
from workbench.words.numbers import percent, pluralize

MOST_NAMED, LONGEST = 3, 24
OTHER_DATE = "Why this date?"


def work_line(file: str, source: Source, outcome: Outcome | None, grain: Grain) -> str:
    """``Each row of **Deals** is an opportunity of **Owner**; a **Won** one counts in the month of **Closed**.``"""
    if not source.rep:
        return f"Choose who did what in {_bold(file)}."
    if not source.date:
        return f"Choose when things happened in {_bold(file)}."
    if source.unpivot:
        cells = " and ".join(_bold(measure.title) for measure in source.measures) or "nothing yet"
        return f"Each column of {_bold(file)} is a {grain}, and each cell adds {cells} of {_bold(source.rep)}."
    if outcome is None:
        return f"{_rows(file, source)}, in the {grain} of {_bold(source.date)}{_adds(source)}."
    opened = "" if outcome.date != source.date else f", in the {grain} of {_bold(source.date)}"
    return f"{_rows(file, source)}{opened}; {_won(outcome, source, grain)}."


def _rows(file: str, source: Source) -> str:
    noun, rep = row_noun(source), _bold(source.rep)
    if noun == "row":
        return f"Each row of {_bold(file)} belongs to {rep}"
    return f"Each row of {_bold(file)} is {'an' if noun[0] in 'aeiou' else 'a'} {noun} of {rep}"


def row_noun(source: Source) -> str:
    """What a row is, in the singular: ``call``, ``opportunity``; ``row`` where the measures do not say."""
    counted = next((m.title for m in source.measures if m.aggregate == "count" and not m.where), "rows").lower()
    noun = f"{counted[:-3]}y" if counted.endswith("ies") else counted.removesuffix("s")
    return "row" if noun.startswith("rows (") else noun.partition(" (")[0].removesuffix("s")


def _won(outcome: Outcome, source: Source, grain: Grain) -> str:
    values = " or ".join(map(_bold, outcome.values[:MOST_NAMED]))
    won = f"{'an' if outcome.values[0][:1].lower() in 'aeiou' else 'a'} {values} one"
    worth = f"worth {_bold(outcome.amount)}" if outcome.amount else ""
    if outcome.date == source.date:
        return f"{won} is {worth}" if worth else f"{won} is counted as won"
    return f"{won} counts in the {grain} of {_bold(outcome.date)}{f', {worth}' if worth else ''}"


def _adds(source: Source) -> str:
    """The columns that are added up, and the values that are counted apart."""
    columns = list(dict.fromkeys(m.column for m in source.measures if m.column and m.aggregate != "distinct"))
    values = list(dict.fromkeys(value for measure in source.measures for value in _values(measure)))
    added = f", with {_several(columns)}" if columns else ""
    return added + (f"; {_several(values)} {'is' if len(values) == 1 else 'are'} counted too" if values else "")


def _values(measure: Measure) -> tuple[str, ...]:
    choice = parse_choice(measure.where) if measure.where else None
    return choice.values if choice else ()


def team_line(file: str, roster: Roster) -> str:
    """``**Users** lists the team by **Full name**, compared by **Office**.``"""
    if not roster.rep:
        return f"Choose the names of the team in {_bold(file)}."
    compared = f", compared by {_several(roster.attributes)}" if roster.attributes else ""
    return f"{_bold(file)} lists the team by {_bold(roster.rep)}{compared}."


def names_line(file: str, sources: Sequence[str], lookup: Lookup, share: float | None, n_blank: int = 0) -> str:
    """``**Accounts** adds **Industry** to Potentials by **Account**; 98% of the rows match.``

    ``n_blank``: rows that name nothing to look up.
    """
    ours, whom = next(iter(lookup.on), ""), _listed([plain(source) for source in sources])
    if not ours:
        return f"Choose what {_bold(file)} and {whom} have in common."
    matched = "" if share is None else f"; {match_words(share, n_blank)}"
    return f"{_bold(file)} adds {_several(lookup.take) or 'nothing'} to {whom} by {_bold(ours)}{matched}."


def match_words(share: float, n_blank: int = 0) -> str:
    """``98% of the rows match``; neither all nor none is said of some, and rows without a value are told apart."""
    rows = "rows with a value" if n_blank else "rows"
    none = f"; {pluralize(n_blank, 'row')} {'has' if n_blank == 1 else 'have'} none" if n_blank else ""
    if share >= 1:
        return f"all {rows} match{none}"
    return f"no row matches{none}" if share <= 0 else f"{_some(share)} of the {rows} match{none}"


def _some(share: float) -> str:
    rounded = percent(share)
    return {"100%": "over 99%", "0%": "under 1%"}.get(rounded, rounded)


def unused_line(file: str, n_rows: int | None) -> str:
    """``**Products** is not used.`` Without rows, or where it cannot be read (None), that is said instead."""
    if n_rows is None:
        return f"{_bold(file)} cannot be read. Choose how to read it."
    return f"{_bold(file)} is not used." if n_rows else f"{_bold(file)} has no rows. Choose how to read it."


def stacked_line(file: str, first: str) -> str:
    """``The rows of **May** are added to April.``"""
    return f"The rows of {_bold(file)} are added to {plain(first)}."


def further_line(file: str, first: str) -> str:
    """``**May** has the columns of April. Are these further rows?``"""
    return f"{_bold(file)} has the columns of {plain(first)}. Are these further rows?"


def column_label(name: str, examples: Sequence[str]) -> str:
    """``Owner  ·  Anna Snelling, Ben Olsen``: a column with some of its values."""
    shown = ", ".join(value if len(value) <= LONGEST else f"{value[:LONGEST]}…" for value in examples[:2])
    return f"{name}  ·  {shown}" if shown else name


def dates_words(found: TwoDates, outcome: Outcome, source: Source) -> str:
    """``78% of won rows have Created in one month and Closed in another.``"""
    share = {0.0: "No", 1.0: "Every"}.get(found.share)
    who = f"{share} won row has" if share else f"{_some(found.share)} of the won rows have"
    return f"{who} {plain(source.date)} in one month and {plain(outcome.date)} in another."


def pair_lines(found: TwoDates, outcome: Outcome, source: Source) -> list[str]:
    """``- Created 2021-01-30 → Closed 2021-03-02``."""
    return [
        f"- {plain(source.date)} {plain(first)} → {plain(outcome.date)} {plain(last)}" for first, last in found.pairs
    ]


def _several(names: Sequence[str]) -> str:
    """``**a**, **b**, **c** and 2 more``."""
    return _listed([_bold(name) for name in names])


def _listed(names: Sequence[str]) -> str:
    """``a, b and c``, or the first of many and how many more."""
    more = len(names) - MOST_NAMED
    shown = [*names[:MOST_NAMED], *([f"{more:,} more"] if more > 0 else [])]
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def _bold(name: str) -> str:
    return f"**{plain(name)}**"


def more_measures_line(shown: int, found: int) -> str:
    """How many of the measures found are listed."""
    return f"The first {shown} of {found:,} measures. Type a part of a name to find another one."
