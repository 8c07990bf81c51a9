"""Labels of widgets are markdown: a name in one is escaped, or a column called ``![](https://…)`` loads a picture."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "workbench" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")])
LABELLED = {
    "button", "checkbox", "download_button", "expander", "metric", "multiselect", "number_input", "page_link", "pills",
    "popover", "radio", "segmented_control", "select_slider", "selectbox", "slider", "text_area", "text_input", "toast",
    "toggle",
}  # fmt: skip
OURS = {"grain", "heading", "TITLE", "dot"}
"""Names of texts that are ours: the grain of the data, headings written in the code, and a KPI's coloured dot."""


def bare_names(code: str) -> Iterator[str]:
    """Yield every name that a label shows as it is."""
    for call in ast.walk(ast.parse(code)):
        if not isinstance(call, ast.Call) or not call.args or not isinstance(call.args[0], ast.JoinedStr):
            continue
        function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if function.removeprefix("bound_") in LABELLED:
            yield from (
                ast.unparse(part.value)
                for part in call.args[0].values
                if isinstance(part, ast.FormattedValue)
                and isinstance(part.value, ast.Name | ast.Attribute | ast.Subscript)
                and ast.unparse(part.value).split(".")[-1] not in OURS
            )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_names_in_labels_are_escaped(path: Path) -> None:
    assert list(bare_names(path.read_text(encoding="utf-8"))) == []


def test_a_bare_name_is_found() -> None:
    assert list(bare_names('bound.bound_selectbox(f"In {source.name} by {panel.grain}", [])')) == ["source.name"]
    assert list(bare_names('st.button(f"Open {plain(name)} ({len(names)})")')) == []
