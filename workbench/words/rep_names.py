"""How reps are called where their names may be hidden, and how their names are taken out of texts people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


def shown_rep_names(reps: Iterable[str], *, hidden: bool) -> dict[str, str]:
    """How each rep is shown: by name, or as "Rep 01" … in order of name while names are hidden."""
    ordered = sorted(reps)
    width = max(2, len(str(len(ordered))))
    return {rep: f"Rep {place:0{width}d}" if hidden else rep for place, rep in enumerate(ordered, start=1)}


def without_rep_names(text: str, names: Mapping[str, str]) -> str:
    """Replace every rep's name in a text by what the rep is called; the whole name, in capitals or not.

    A name made of digits alone is left, since a number in a text is hardly ever a person.

    Examples
    --------
    >>> without_rep_names("Ask ANA RUIZ, not Ana", {"Ana Ruiz": "Rep 01"})
    'Ask Rep 01, not Ana'
    """
    changed = [rep for rep, shown in names.items() if rep != shown and not rep.strip().isdigit() and rep.strip()]
    if not changed:
        return text
    longest_first = "|".join(re.escape(rep.strip()) for rep in sorted(changed, key=len, reverse=True))
    by_fold = {rep.strip().casefold(): names[rep] for rep in changed}
    return re.sub(
        rf"(?<!\w)(?:{longest_first})(?!\w)",
        lambda found: by_fold.get(found[0].casefold(), found[0]),
        text,
        flags=re.IGNORECASE,
    )
