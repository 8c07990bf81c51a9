"""The project's own source files, what they import, and where they stand. Read, never imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOMES = ("workbench", "pages", "sample_data", "streamlit_app.py")


@dataclass(frozen=True)
class Source:
    """One module: ``name`` as imported, ``path`` from the root with slashes, ``text``."""

    name: str
    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path)

    @property
    def says(self) -> str:
        """The first paragraph of its docstring in one line; empty without one."""
        return " ".join((ast.get_docstring(self.tree) or "").split("\n\n")[0].split())

    @property
    def n_lines(self) -> int:
        return len(self.text.splitlines())

    def imports(self) -> Iterator[tuple[str, str]]:
        """Each import as (module, name taken from it), wherever in the file it stands; "" for a plain import."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, "") for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((node.module, alias.name) for alias in node.names)


@cache
def _parsed(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


@cache
def sources(*homes: str) -> tuple[Source, ...]:
    """Every module under these folders or files (all of the app's when none is named), in order of their paths."""
    found = [ROOT / home for home in homes or HOMES]
    files = [path for each in found for path in ([each] if each.suffix == ".py" else each.rglob("*.py"))]
    paths = sorted(path.relative_to(ROOT).as_posix() for path in files if path.exists())
    return tuple(Source(_name(path), path, (ROOT / path).read_text(encoding="utf-8")) for path in paths)


def _name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def links(app: tuple[Source, ...]) -> dict[str, set[str]]:
    """For each module, the modules of the app it imports."""
    names = {source.name for source in app}
    return {source.name: {_target(*each, names) for each in source.imports()} & names for source in app}


def _target(module: str, name: str, names: set[str]) -> str:
    inner = f"{module}.{name}"
    return inner if inner in names else module
