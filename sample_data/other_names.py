"""Other people in the parts of a story: new names in every file, so that nobody can hand the answers on."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Mapping, Sequence

from sample_data.dice import Dice

FIRST = (
    "Adam", "Bianca", "Carlos", "Dalia", "Edgar", "Farah", "Gavin", "Helena", "Ivan", "Joyce", "Karim", "Lena", "Milo",
    "Nadine", "Otto", "Paula", "Ramon", "Selma", "Theo", "Ursula", "Viktor", "Wanda", "Yusuf", "Zoe", "Anton", "Brigid",
    "Cyrus", "Denise", "Enzo", "Freya",
)  # fmt: skip
LAST = (
    "Abbott", "Barros", "Castellan", "Dahl", "Engel", "Ferrari", "Grant", "Holm", "Ito", "Jansen", "Keller", "Lind",
    "Marsh", "Nakata", "Oduya", "Pires", "Quist", "Ramos", "Steiner", "Tanaka", "Urban", "Vance", "Wolff", "Young",
    "Zeman", "Amadi", "Bauer", "Conti", "Doshi", "Eriksen",
)  # fmt: skip


def other_names(reps: Sequence[str], throw: str) -> dict[str, str]:
    """A new name for each rep, each first and last name used once."""
    dice = Dice(f"names {throw}")
    first, last = (dice.uniform(len(pool)).argsort()[: len(reps)] for pool in (FIRST, LAST))
    return {rep: f"{FIRST[one]} {LAST[other]}" for rep, one, other in zip(reps, first, last, strict=True)}


def rename_reps(made: Mapping[str, bytes], names: Mapping[str, str]) -> dict[str, bytes]:
    """The files with every rep's name replaced, in data and in what is told."""
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))

    def renamed(content: bytes) -> bytes:
        return pattern.sub(lambda found: names[found[0]], content.decode()).encode()

    return {name: _packed(renamed(gzip.decompress(content))) if name.endswith(".gz") else renamed(content)
            for name, content in made.items()}  # fmt: skip


def _packed(content: bytes) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0, compresslevel=6) as file:
        file.write(content)
    return packed.getvalue()
