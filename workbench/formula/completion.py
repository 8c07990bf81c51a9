"""Autocompletion of formulas: names that match the unfinished word, or operators after a complete value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbench.formula.formula import quote_name

OPERATORS = (" + ", " - ", " * ", " / ")
_WORD, _QUOTED = re.compile(r"[^\W\d]\w*$"), re.compile(r"`[^`]*$")
_VALUE = re.compile(r"(`[^`]+`|\w|\))\s*$")


def complete_formula(text: str, names: Sequence[str]) -> dict[str, str]:
    """Return the completions of a formula and the whole text each gives, in the order of ``names``.

    Examples
    --------
    >>> complete_formula("won / cl", ["won", "closed", "calls made"])
    {'closed': 'won / closed'}
    >>> complete_formula("won", ["won", "closed"])
    {'+': 'won + ', '-': 'won - ', '*': 'won * ', '/': 'won / '}
    """
    begun = (_QUOTED if text.count("`") % 2 else _WORD).search(text)
    word = begun[0].strip("`").lower() if begun else ""
    finished = _VALUE.search(text) is not None and (not begun or word in {name.lower() for name in names})
    after = {operator.strip(): text.rstrip() + operator for operator in OPERATORS} if finished else {}
    if not begun:
        return after or {name: text + quote_name(name) for name in names}
    stem = text[: begun.start()]
    return after | {name: stem + quote_name(name) for name in names if word in name.lower() and word != name.lower()}


def names_for_labels(text: str, labels: Mapping[str, str]) -> str:
    """Return a formula with the names of measures where their visible labels were typed.

    Parameters
    ----------
    labels : name by label. What stands in backticks, and a label that is a name itself, is left as it is.

    Examples
    --------
    >>> names_for_labels("quota ($) * 1.1", {"Quota ($)": "quota"})
    'quota * 1.1'
    >>> names_for_labels("Meetings set / dials", {"Meetings set": "meetings_set", "Meetings": "meetings"})
    'meetings_set / dials'
    """
    by_label = {label.casefold(): name for label, name in labels.items() if label not in labels.values()}
    if not by_label:
        return text
    longest = sorted(by_label, key=len, reverse=True)
    pattern = re.compile(rf"`[^`]*`|(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
    names = set(labels.values())

    def name_of(found: re.Match[str]) -> str:
        word = found[0]
        return word if word.startswith("`") or word in names else quote_name(by_label[word.casefold()])

    return pattern.sub(name_of, text)
