"""Autocompletion of formulas: names that match the unfinished word, or operators after a complete value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbench.formula.formula import quote_name

OPERATORS = (" + ", " - ", " * ", " / ")
_WORD = re.compile(r"[^\W\d]\w*$")
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
    at = _start_of_name(text, names)
    word = text[at:].strip("`").lower()
    finished = _VALUE.search(text) is not None and (not word or word in {name.lower() for name in names})
    after = {operator.strip(): text.rstrip() + operator for operator in OPERATORS} if finished else {}
    if not word:
        return after or {name: text + quote_name(name) for name in names}
    stem = text[:at]
    return after | {name: stem + quote_name(name) for name in names if word in name.lower() and word != name.lower()}


def _start_of_name(text: str, names: Sequence[str]) -> int:
    """Return where the unfinished name at the end begins, which may have several words; the end if there is none."""
    if text.count("`") % 2:
        return text.rindex("`")
    several = (found.start() for found in re.finditer(r"(?<![\w`])[^\W\d]", text))
    known = [name.lower() for name in names]
    begun = next((at for at in several if any(name.startswith(text[at:].lower()) for name in known)), None)
    last = _WORD.search(text)
    return begun if begun is not None else last.start() if last else len(text)


def names_for_labels(text: str, labels: Mapping[str, str]) -> str:
    """Return a formula with the names of measures where their visible labels were typed.

    Parameters
    ----------
    labels : name by label. A label may stand in backticks; one that is a name itself is left as it is.

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
        word = found[0].strip("`")
        if word in names or word.casefold() not in by_label:
            return found[0]
        return quote_name(by_label[word.casefold()])

    return pattern.sub(name_of, text)


def labels_for_names(text: str, labels: Mapping[str, str]) -> str:
    """Return a formula with the visible labels of measures where their names stand, for people to read.

    Examples
    --------
    >>> labels_for_names("quota * 1.1", {"Quota ($)": "quota"})
    'Quota ($) * 1.1'
    >>> labels_for_names("`calls made` / dials", {"Calls": "calls made", "dials": "dials"})
    'Calls / dials'
    """
    by_name = {name: label for label, name in labels.items()}

    def label_of(found: re.Match[str]) -> str:
        return by_name.get(found[0].strip("`"), found[0])

    shown = re.sub(r"`[^`]*`|'[^']*'|[^\W\d]\w*", label_of, text)
    return shown if names_for_labels(shown, labels).replace("`", "") == text.replace("`", "") else text
