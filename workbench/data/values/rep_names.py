"""How reps are written: spaces tidied, spellings that look like the same rep reported (merging is the user's call)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

import ibis.expr.types as ir

from workbench.data.values.missing import MISSING_WORDS
from workbench.errors import Issue, Spelling, Where

# Every kind of space and every invisible mark, as RE2, PCRE and Python understand it.
_SPACES = "[\\s\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\u00ad]+"
TOTALS = tuple(
    word + colon
    for colon in ("", ":")
    for word in (
        *("total", "totals", "grand total", "grandtotal", "overall total", "subtotal", "sub-total", "sub total", "sum"),
        *("summe", "gesamt", "gesamtsumme", "zwischensumme", "total général", "total general", "totale", "totaal"),
        *("suma", "razem", "итого", "всего", "合計", "小計", "合计", "总计", "总和"),
    )
)
NO_NAME = tuple(word for word in MISSING_WORDS if word != "na")  # a name in several countries
# Cyrillic and Greek capitals that look like Latin ones.
_LOOK_ALIKES = str.maketrans("АВЕЅІЈКМНОРСТУХԀԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXDQWABEZHIKMNOPTYX")


def tidy(name: ir.StringValue) -> ir.StringValue:
    """The name without surrounding, repeated and invisible spaces; nothing left is null."""
    return name.re_replace(_SPACES, " ").strip().nullif("")


def tidy_name(name: str) -> str:
    """``tidy`` for one name in hand."""
    return re.sub(_SPACES, " ", name).strip()


def one_name(name: ir.StringValue, same_rep: Mapping[str, str]) -> ir.StringValue:
    """Spellings replaced by the rep's one name, as the data set's ``same_rep`` says."""
    final = settled(same_rep)
    return name.cases(*final.items(), else_=name) if final else name


def settled(same_rep: Mapping[str, str]) -> dict[str, str]:
    """Every spelling with the name it ends at: a → b and b → c give a → c. A circle stays at its first step."""
    steps = {tidy_name(old): tidy_name(new) for old, new in same_rep.items()}
    return {old: _end(old, steps) for old in steps}


def _end(name: str, steps: Mapping[str, str]) -> str:
    seen = {name}
    while (following := steps.get(name, name)) not in seen:
        seen.add(following)
        name = following
    return name


def skeleton(name: str) -> str:
    """What is left of a name when case, accents, look-alike letters, punctuation and order around a comma are ignored.

    In names with digits punctuation stays, since it tells ids such as 1-23 and 12-3 apart, and leading zeros go.
    """
    last, comma, first = name.partition(",")
    plain = unicodedata.normalize("NFKD", f"{first} {last}" if comma else name)
    upper = "".join(mark for mark in plain if not unicodedata.combining(mark)).upper().translate(_LOOK_ALIKES)
    coded = any(mark.isdigit() for mark in upper)
    core = "".join(mark for mark in upper if mark.isalnum() or (coded and not mark.isspace()))
    return core.lstrip("0") if coded else core


def spelling_issues(rows: Mapping[str, int], where: Where) -> tuple[Issue, ...]:
    """One warning per group of names that look like the same rep.

    Parameters
    ----------
    rows : row count by name, over all sources (0 for names only on the roster).
    """
    groups = defaultdict(list)
    for name in sorted(rows, key=lambda n: (-rows[n], n)):
        groups[skeleton(name)].append(name)
    return tuple(_alike(names, rows, where) for key, names in sorted(groups.items()) if key and len(names) > 1)


def _alike(names: list[str], rows: Mapping[str, int], where: Where) -> Issue:
    main, *others = names
    spellings = tuple(Spelling(name, main, rows[name]) for name in names)
    n_rows = sum(rows[name] for name in others)
    return Issue.of("warning", "rep_spellings", where, n_rows, spellings=spellings, difference=_difference(names))


def _difference(names: Iterable[str]) -> Literal["stored", "alphabet"] | None:
    """What cannot be seen must be said: letters of another alphabet, accents stored in two ways."""
    names = list(names)
    if len({unicodedata.normalize("NFC", name) for name in names}) < len(names):
        return "stored"
    if any("A" <= letter.upper() <= "Z" for letter in "".join(names)) and any(_foreign(name) for name in names):
        return "alphabet"
    return None


def _foreign(name: str) -> bool:
    return any(unicodedata.name(letter, "").startswith(("CYRILLIC", "GREEK")) for letter in name)


def spaces_issue(n_rows: int, where: Where) -> tuple[Issue, ...]:
    """A warning when spaces in rep names were tidied."""
    return (Issue.of("warning", "rep_spaces", where, n_rows),) if n_rows else ()
