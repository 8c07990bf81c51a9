"""Each file that leaves by a button stands in the log, with who took it; a button that is new cannot be forgotten."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.acting import ANA, acting
from tests.ui.conftest import ROOT, Open
from workbench.store.opening import reading
from workbench.ui.session.noted_download import noted

SOURCES = sorted(path for part in ("workbench", "pages") for path in (ROOT / part).rglob("*.py"))


def unnoted(source: str) -> list[int]:
    """The lines of download buttons whose file is not from ``noted``, directly or by a name of the same function."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.Module):
            continue
        names = {target.id for each in ast.walk(function) if isinstance(each, ast.Assign) and is_noted(each.value)
                 for target in each.targets if isinstance(target, ast.Name)}  # fmt: skip
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) == BUTTON:
                given = call.args[1] if len(call.args) > 1 else {each.arg: each.value for each in call.keywords}["data"]
                if not is_noted(given) and not (isinstance(given, ast.Name) and given.id in names):
                    found.append(call.lineno)
    return found


BUTTON = "download_button"


def is_noted(given: ast.expr) -> bool:
    return isinstance(given, ast.Call) and isinstance(given.func, ast.Name) and given.func.id == noted.__name__


def test_every_download_button_notes_what_it_gives() -> None:
    texts = {path: path.read_text("utf-8") for path in SOURCES}
    assert sum(text.count(f"{BUTTON}(") for text in texts.values()) >= 10, "or none was looked at"
    assert {path.name: unnoted(text) for path, text in texts.items() if unnoted(text)} == {}


@pytest.mark.parametrize("given", ["content", "data=content", "lambda: noted(content, 'x')"])
def test_the_walk_finds_a_button_that_notes_nothing(given: str) -> None:
    assert unnoted(f"def page():\n    content = made()\n    st.{BUTTON}('Download', {given})")
    assert not unnoted(f"def page():\n    made = noted(content, 'x')\n    st.{BUTTON}('Download', made)")


@pytest.mark.parametrize("content", ["{}", b"{}", lambda: b"{}"])
def test_a_file_that_is_taken_stands_in_the_log(home: Path, content: object) -> None:
    with acting(ANA):
        take = noted(content, "ours.design.json")  # type: ignore[arg-type]
    assert take() in ("{}", b"{}")
    with reading(home) as store:
        (line,) = store.audit_log()
    assert (line["action"], line["author"], line["facts"]) == (
        "export", "Ana (ana@example.com)", {"file": "ours.design.json"},
    )  # fmt: skip


def test_nothing_that_is_to_be_noted_lies_ready_before_the_click(opened: Open) -> None:
    """A file that is made beforehand has an address of its own, from which it could be taken unnoted."""
    app: AppTest = opened("kpis", data="quotes-desk")
    buttons = app.get(BUTTON)
    assert "Download" in {each.proto.label for each in buttons}
    assert not [each.proto.url for each in buttons if not each.proto.deferred_file_id or each.proto.url]
