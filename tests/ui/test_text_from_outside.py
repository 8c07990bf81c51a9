"""Names of reps, columns, measures, KPIs and designs from outside stay text on every page."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message

from tests.ui.conftest import Open
from workbench.data.library import data_sets as library
from workbench.data.model.dataset import DataSet, Measure, Roster, Source
from workbench.design import store
from workbench.design.model import parse_design
from workbench.ui.session.navigation import PAGES

EVIL = ("http://evil.example/a", ":material/delete:", "Ann -- Lee", "two\nlines", "<b>bold</b>", "[x](javascript:1)",
        ":red[Rep]", "=cmd()", "$a$ `b` *c*", "www.evil.com")  # fmt: skip
MARKED = ("markdown", "heading", "alert", "toast", "metric", "button", "download_button", "checkbox", "progress",
          "page_link", "link_button", "expandable", "popover", "tab", "button_group", "text_input", "number_input",
          "selectbox", "multiselect", "slider", "radio", "text_area", "date_input", "file_uploader")  # fmt: skip
AS_MARKDOWN = ("body", "label", "help", "text", "content", "delta", "caption")
OURS = re.compile(r":material/(?!delete:\\)[a-z_]+:|:(violet|yellow|gray|blue|green|orange|red|primary)(-badge)?\[")
SIGN = re.compile(r"http://|(?<!\\):material/delete:|(?<!\\)--|two\nlines|(?<!\\)<b>|(?<!\\)\[x\]|(?<!\\):red\[Rep|"
                  r"(?<!\\)\$a|www\\?\.evil")  # fmt: skip


@pytest.fixture
def evil(home: Path, tmp_path: Path) -> dict[str, str]:
    """A link to a data set and a design full of such names."""
    path, chance = tmp_path / "calls.csv", random.Random(3)
    with path.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines)
        writer.writerow([":material/delete: rep", "day", "a -- kind", "two\nlines value"])
        for month in range(1, 13):
            for rep in EVIL:
                for _ in range(chance.randint(2, 6)):
                    day = f"2025-{month:02}-{chance.randint(1, 28):02}"
                    writer.writerow([rep, day, chance.choice(EVIL[:3]), chance.randint(1, 900)])
    team = tmp_path / "team.csv"
    with team.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines)
        writer.writerow(["rep", "http://evil.example/office"])
        writer.writerows([rep, EVIL[at % 3]] for at, rep in enumerate(EVIL))
    measures = (
        Measure(name="calls", label=EVIL[0]),
        Measure(name="talks", label=EVIL[3], where="`a -- kind` == 'Ann -- Lee'"),
        Measure(name="sales", aggregate="sum", column="two lines value", unit="<b>bold</b>", label=EVIL[1]),
    )
    source = Source(name=EVIL[2], location="calls.csv", rep=":material/delete: rep", date="day", measures=measures)
    roster = Roster(location="team.csv", rep="rep", header=1, attributes=("http://evil.example/office",))
    dataset = DataSet(name=EVIL[0], sources=(source,), roster=roster)
    entry = library.add_data_set(home, dataset, {"calls.csv": path, "team.csv": team})
    design = parse_design(
        {
            "name": EVIL[1],
            "note": EVIL[0],
            "goal": {"measure": "sales", "target": 1_000, "label": EVIL[5]},
            "kpis": [
                {
                    "name": EVIL[0],
                    "formula": "calls",
                    "target": 3,
                    "weight": 50,
                    "owner": EVIL[2],
                },
                {"name": EVIL[3], "formula": "talks", "target": 2, "weight": 30, "unit": EVIL[8]},
                {"name": EVIL[2], "formula": "talks / calls", "target": 1, "weight": 20},
            ],
        },
        "evil",
    )
    return {"data": entry.id, "design": store.save_design(home, design)}


def protos(node: Any) -> Iterator[tuple[str, Message]]:
    """Every element and block of a page, with its kind."""
    proto = getattr(node, "proto", None)
    if isinstance(proto, Message):
        yield getattr(node, "type", ""), proto
    for child in getattr(node, "children", {}).values():
        yield from protos(child)


def said(message: Message) -> Iterator[tuple[str, str]]:
    """The texts of an element that the browser reads as markdown."""
    for field, value in message.ListFields():
        if field.type == field.TYPE_STRING and field.name in AS_MARKDOWN:
            yield from ((field.name, each) for each in ([value] if isinstance(value, str) else value))
        elif field.type == field.TYPE_MESSAGE and field.name in (*MARKED, "options", "element"):
            inner = [value] if isinstance(value, Message) else list(value)
            for each in inner:
                yield from said(each)


def test_the_signs_are_recognised() -> None:
    from workbench.words.markdown import plain

    assert [text for text in EVIL if not SIGN.search(text)] == [EVIL[7]]
    assert [text for text in EVIL if SIGN.search(plain(text))] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("weights", "learn")])
def test_names_from_outside_stay_text(page: str, opened: Open, evil: dict[str, str]) -> None:
    app = opened(page, **evil)
    assert not app.exception
    assert [each.value for each in app.error] == []
    found = [(kind, text) for kind, proto in protos(app._tree.root) for _, text in said(proto)]
    assert len(found) > 10
    read = [(kind, text, hit[0]) for kind, text in found if (hit := SIGN.search(OURS.sub("", text)))]
    assert read == []
