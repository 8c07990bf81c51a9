"""The list of rooms in ARCHITECTURE.md, made from the modules' own first sentences: ``python -m tests.rooms``."""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePosixPath

from tests.floors import FLOORS
from tests.sources import ROOT, Source, sources

DOCUMENT = ROOT / "ARCHITECTURE.md"
BEGIN, END = "<!-- rooms: written by python -m tests.rooms -->", "<!-- end of rooms -->"
# In the order in which data flows: that of the floors, then what stands beside them.
ORDER = (
    "", "workbench", *(f"workbench/{room}" for floor in FLOORS for room in floor),
    "pages", "sample_data",
)  # fmt: skip


def folder(source: Source) -> str:
    parent = PurePosixPath(source.path).parent.as_posix()
    return "" if parent == "." else parent


def _place(source: Source) -> tuple[int, str, str]:
    at = folder(source)
    listed = [each for each in (at, *map(str, PurePosixPath(at).parents)) if each in ORDER]
    return (ORDER.index(listed[0]) if listed else len(ORDER), at, source.path)


def rooms() -> str:
    """One heading a folder with what its package is for, one line a module."""
    return "\n\n".join(_room(at, tuple(each)) for at, each in groupby(sorted(sources(), key=_place), key=folder))


def _room(at: str, modules: tuple[Source, ...]) -> str:
    package = next((module.says for module in modules if module.path.endswith("__init__.py")), "")
    lines = [f"- `{PurePosixPath(m.path).name}` {m.says}" for m in modules if not m.path.endswith("__init__.py")]
    return "\n".join([f"**`{at}/`** {package}".rstrip() if at else "**At the top**", "", *lines])


def renewed(document: str) -> str:
    """The document with its list of rooms made anew. Raises ValueError without both marks."""
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{rooms()}\n\n{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
