"""What a page sends to the browser: every text, every number, and every file that a button gives."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pytest
import streamlit as st
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from tests.ui.test_text_from_outside import protos

_IN_CELLS = re.compile(r"xl/(worksheets/|sharedStrings|workbook)|docProps/")
_NUMBER = re.compile(r"(?<![\w.-])(\d[\d,]*(?:\.\d+)?)(m\b)?(?![\w-])")


def sent_texts(app: AppTest) -> str:
    """Everything that was sent, tables as their bytes."""
    return "\n".join(str(message) for _, message in protos(app._tree.root))


def sent_numbers(app: AppTest) -> set[float]:
    """The numbers in texts, tables and pictures."""
    found: set[float] = set()
    for _, message in protos(app._tree.root):
        for content in _contents(message):
            found |= numbers_in(content) if isinstance(content, str) else _numbers_of_table(content)
    return found


def numbers_in(text: str) -> set[float]:
    """The numbers that a text says, ``1.2m`` too."""
    return {
        float(digits.replace(",", "")) * (1e6 if in_millions else 1) for digits, in_millions in _NUMBER.findall(text)
    }


def _numbers_of_table(content: bytes) -> set[float]:
    table = pa.ipc.open_stream(content).read_all().to_pandas()
    numbers = {float(each) for column in table.select_dtypes("number") for each in table[column]}
    texts = " ".join(str(each) for each in table.select_dtypes(exclude="number").to_numpy().ravel())
    return numbers | numbers_in(texts)


def _contents(message: Message) -> Iterator[str | bytes]:
    for field, value in message.ListFields():
        if not field.is_repeated:
            each_of: list[Any] = [value]
        else:
            each_of = list(value.values()) if hasattr(value, "values") else list(value)
        for each in each_of:
            if isinstance(each, Message):
                yield from _contents(each)
            elif isinstance(each, str) or (isinstance(each, bytes) and field.name == "data" and each):
                yield each


def collect_files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """Return what will hold the files of all buttons that are drawn from now on, by label."""
    files: dict[str, Callable[[], bytes]] = {}
    draw = st.download_button

    def drawn(label: str, data: Any, *given: Any, **named: Any) -> bool:
        files[label] = lambda: _as_bytes(data() if callable(data) else data)
        return draw(label, data, *given, **named)

    monkeypatch.setattr(st, "download_button", drawn)
    return files


def _as_bytes(content: str | bytes) -> bytes:
    if isinstance(content, str):
        return content.encode()
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:  # a workbook: its texts and figures, not its looks
        return b"\n".join(packed.read(name) for name in packed.namelist() if _IN_CELLS.match(name))
