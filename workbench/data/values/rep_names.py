"""Normalise rep names, and report spellings that are probably the same rep; merging them is left to the user."""

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


def tidy_names(name: ir.StringValue) -> ir.StringValue:
    """Remove surrounding, repeated and invisible spaces from names in the engine; an empty name is null."""
    return name.re_replace(_SPACES, " ").strip().nullif("")


def tidy_name(name: str) -> str:
    """Remove surrounding, repeated and invisible spaces from one name."""
    return re.sub(_SPACES, " ", name).strip()


def merge_spellings(name: ir.StringValue, same_rep: Mapping[str, str]) -> ir.StringValue:
    """Replace spellings by the rep's one name, as the data set's ``same_rep`` says."""
    final = resolve_spellings(same_rep)
    return name.cases(*final.items(), else_=name) if final else name


def resolve_spellings(same_rep: Mapping[str, str]) -> dict[str, str]:
    """Map every spelling to its final name: a → b and b → c give a → c. A cycle stops before it repeats."""
    steps = {tidy_name(old): tidy_name(new) for old, new in same_rep.items()}
    return {old: _follow(old, steps) for old in steps}


def _follow(name: str, steps: Mapping[str, str]) -> str:
    seen = {name}
    while (following := steps.get(name, name)) not in seen:
        seen.add(following)
        name = following
    return name


def name_key(name: str) -> str:
    """Return a name without case, accents, look-alike letters, punctuation and "last, first" order, for comparison.

    Names with digits keep punctuation, which tells ids such as 1-23 and 12-3 apart, and lose leading zeros.
    """
    last, comma, first = name.partition(",")
    plain = unicodedata.normalize("NFKD", f"{first} {last}" if comma else name)
    upper = "".join(mark for mark in plain if not unicodedata.combining(mark)).upper().translate(_LOOK_ALIKES)
    coded = any(mark.isdigit() for mark in upper)
    core = "".join(mark for mark in upper if mark.isalnum() or (coded and not mark.isspace()))
    return core.lstrip("0") if coded else core


def spelling_issues(rows: Mapping[str, int], where: Where) -> tuple[Issue, ...]:
    """Return one warning per group of names that are probably the same rep.

    Parameters
    ----------
    rows : row count by name, over all sources (0 for names only on the roster).
    """
    groups = defaultdict(list)
    for name in sorted(rows, key=lambda n: (-rows[n], n)):
        groups[name_key(name)].append(name)
    return tuple(_spelling_issue(names, rows, where) for key, names in sorted(groups.items()) if key and len(names) > 1)


def _spelling_issue(names: list[str], rows: Mapping[str, int], where: Where) -> Issue:
    main, *others = names
    spellings = tuple(Spelling(name, main, rows[name]) for name in names)
    n_rows = sum(rows[name] for name in others)
    return Issue.of(
        "warning", "rep_spellings", where, n_rows, spellings=spellings, difference=_invisible_difference(names)
    )


def _invisible_difference(names: Iterable[str]) -> Literal["stored", "alphabet"] | None:
    """Say why names that look equal differ: accents stored in two ways, or letters of another alphabet."""
    names = list(names)
    if len({unicodedata.normalize("NFC", name) for name in names}) < len(names):
        return "stored"
    if any("A" <= letter.upper() <= "Z" for letter in "".join(names)) and any(
        _has_foreign_letters(name) for name in names
    ):
        return "alphabet"
    return None


def _has_foreign_letters(name: str) -> bool:
    return any(unicodedata.name(letter, "").startswith(("CYRILLIC", "GREEK")) for letter in name)


def spaces_issues(n_rows: int, where: Where) -> tuple[Issue, ...]:
    """Return a warning if spaces in rep names were removed."""
    return (Issue.of("warning", "rep_spaces", where, n_rows),) if n_rows else ()
