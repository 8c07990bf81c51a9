"""What may be written next in a formula: the names that fit the word begun, or an operator after a finished value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.formula.formula import quote_name

OPERATORS = (" + ", " - ", " * ", " / ")
_WORD, _QUOTED = re.compile(r"[^\W\d]\w*$"), re.compile(r"`[^`]*$")
_VALUE = re.compile(r"(`[^`]+`|\w|\))\s*$")


def completions(text: str, names: Sequence[str]) -> dict[str, str]:
    """What to offer and the whole text it leads to, in the order of ``names``.

    Examples
    --------
    >>> completions("won / cl", ["won", "closed", "calls made"])
    {'closed': 'won / closed'}
    >>> completions("won", ["won", "closed"])
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
