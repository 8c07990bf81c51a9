"""Sample data as bytes: the same content gives the same bytes everywhere."""

from __future__ import annotations

import gzip
import io
import json
from typing import Any

import pandas as pd


def csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with ``\\n`` line ends; times without a fraction, days without a time, whole numbers as they are."""
    return _days(frame).to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d %H:%M:%S").encode()


def csv_gz(frame: pd.DataFrame) -> bytes:
    """The same, packed; the header holds neither a time nor a file name."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0, compresslevel=9) as file:
        file.write(csv(frame))
    return packed.getvalue()


def to_json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def same_content(name: str, one: bytes, other: bytes) -> bool:
    """Whether two files say the same. Packed files are compared unpacked: deflate differs between zlib builds."""
    return gzip.decompress(one) == gzip.decompress(other) if name.endswith(".gz") else one == other


def _days(frame: pd.DataFrame) -> pd.DataFrame:
    """Date columns whose values are all at midnight are written as days."""
    dates = frame.select_dtypes("datetime")
    whole = [c for c in dates if (dates[c].dropna() == dates[c].dropna().dt.normalize()).all()]
    return frame.assign(**{c: frame[c].dt.strftime("%Y-%m-%d") for c in whole})
