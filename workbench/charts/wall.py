"""Enlarge a chart for a wall: read from six metres, nothing smaller than 24 pixels on a screen of 1920 × 1080."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FONT = 26
MOST_NAMED = 30
"""Rows that can be named one below the other; of more, none is named."""
LARGER: dict[str, float] = {"size": 3.2, "strokeWidth": 1.8, "dx": 1.7, "dy": 1.7, "cornerRadius": 1.5}
SIZES = ("dx", "dy", "strokeWidth", "titlePadding", "labelPadding", "rowPadding", "columnPadding", "offset",
         "labelLimit", "titleLimit", "limit", "cornerRadius")  # fmt: skip
WIDTH, HEIGHT, SMALLEST = 1920, 1080, 12
PHONE = 0.47
LIMITS = ("labelLimit", "titleLimit", "limit")
WIDER = 2.4  # times what a text may be wide
EXTENTS = ("minExtent", "maxExtent")


def wall_scale(width: float, height: float) -> float:
    """How large a window is beside a screen of 1920 × 1080: a laptop or a phone takes smaller letters."""
    return min(max(min(width / WIDTH, height / HEIGHT), SMALLEST / FONT), 2.0)


def enlarge_spec(spec: Mapping[str, Any], n_rows: int = 0, scale: float = 1.0) -> dict[str, Any]:
    """Return the Vega-Lite spec with letters of at least ``FONT`` pixels and marks to match.

    Parameters
    ----------
    n_rows : rows of the picture that bear a name, such as reps; all are named, or none where they are too many.
    scale : of the window, as of ``wall_scale``.
    """
    large = _scaled(_enlarge_spec(spec, n_rows), scale)
    return large | {"config": large["config"] | {"legend": large["config"]["legend"] | _columns(scale)}}


def _columns(scale: float) -> dict[str, int]:
    """A legend in two columns on a phone, where one row of it would not fit."""
    return {"columns": 2} if scale <= PHONE else {}


def _scaled(part: Any, scale: float, key: str = "") -> Any:
    """The same with every size on screen multiplied."""
    if isinstance(part, Mapping):
        return {name: value if name in ("data", "datasets") else _scaled(value, scale, name)
                for name, value in part.items()}  # fmt: skip
    if isinstance(part, list):
        return [_scaled(each, scale, key) if isinstance(each, Mapping) else each for each in part]
    if not _is_number(part):
        return part
    if key in ("size", "symbolSize"):
        return part * scale**2
    return part * scale if key.lower().endswith("fontsize") or key in SIZES else part


def _enlarge_spec(spec: Mapping[str, Any], n_rows: int) -> dict[str, Any]:
    enlarged = {key: _enlarge(key, value) for key, value in spec.items() if key not in ("data", "datasets", "config")}
    kept = {key: spec[key] for key in ("data", "datasets") if key in spec}
    named = enlarged if n_rows <= MOST_NAMED else _unnamed(enlarged)
    return named | kept | {"config": _config(spec.get("config", {}))}


def _enlarge(key: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        if key == "mark":
            return {name: _mark(name, part) for name, part in value.items()} | _letters(value)
        return {name: _enlarge(name, part) for name, part in value.items() if name not in ("data", *EXTENTS)} | (
            {"data": value["data"]} if "data" in value else {}
        )
    if isinstance(value, list):
        return [_enlarge(key, part) if isinstance(part, Mapping) else part for part in value]
    return _number(key, value) if _is_number(value) else value


def _mark(name: str, value: Any) -> Any:
    if name == "height" and _is_number(value):
        return 1.8 * value
    if name in LARGER and _is_number(value):
        return LARGER[name] * value
    return _number(name, value) if _is_number(value) else value


def _letters(mark: Mapping[str, Any]) -> dict[str, Any]:
    """The size of a mark's letters, which a text without one would leave to the theme."""
    return {"fontSize": max(mark.get("fontSize", FONT), FONT)} if mark.get("type") == "text" else {}


def _number(name: str, value: float) -> float:
    if name.lower().endswith("fontsize"):
        return max(value, FONT)
    return WIDER * value if name in LIMITS else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unnamed(part: Any) -> Any:
    """The same without the names of the rows: no labels on an upright axis of names, no names as text."""
    if isinstance(part, list):
        return [_unnamed(each) for each in part if not _is_name(each)]
    if not isinstance(part, Mapping):
        return part
    fresh = {key: value if key in ("data", "datasets") else _unnamed(value) for key, value in part.items()}
    upright = fresh.get("y")
    if (
        isinstance(upright, dict)
        and upright.get("type") in ("nominal", "ordinal")
        and upright.get("axis", {}) is not None
    ):
        fresh["y"] = upright | {"axis": upright.get("axis", {}) | {"labels": False}}
    return fresh


def _is_name(layer: Any) -> bool:
    """Whether a layer writes every row's name."""
    text = layer.get("encoding", {}).get("text", {}) if isinstance(layer, Mapping) else {}
    return text.get("field") == "name"


def _config(config: Mapping[str, Any]) -> dict[str, Any]:
    axis = {"labelFontSize": FONT, "titleFontSize": FONT, "labelLimit": 500, "titlePadding": 16, "labelPadding": 10}
    legend = {"labelFontSize": FONT, "titleFontSize": FONT, "symbolSize": 420, "labelLimit": 700, "rowPadding": 10,
              "columnPadding": 28, "offset": 24}  # fmt: skip
    ours = {"axis": axis, "legend": legend, "text": {"fontSize": FONT}, "header": {"labelFontSize": FONT},
            "title": {"fontSize": FONT}}  # fmt: skip
    return {key: part for key, part in config.items() if key not in ours} | {
        key: {**config.get(key, {}), **part} for key, part in ours.items()
    }
