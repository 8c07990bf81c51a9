"""Every axis of amounts names its unit, and no letters are too small to read, on every page and on the wall."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.effort import cases
from tests.ui.conftest import Open
from workbench.ui.session.cached_scores import drawn_once, drawn_once_by_weights
from workbench.ui.session.navigation import NOT_IN_NAVIGATION, PAGES
from workbench.ui.widgets import picture

SAMPLES = ("dials-floor", "quotes-desk")
BRACKET = re.compile(r"\([^()]+\)")
OWN_UNIT = re.compile(r"\b(per (rep|day|workday|week|month|quarter)|USD|points|prizes|rank|hours|share)\b|%")
"""Words that are a unit themselves: nobody says how many dollars a rank has."""


@pytest.mark.parametrize("wall", [False, True], ids=["page", "wall"])
@pytest.mark.parametrize("name", [name for name in PAGES if name not in NOT_IN_NAVIGATION])
@pytest.mark.parametrize("sample", cases(SAMPLES[:1], SAMPLES[1:]))
def test_every_axis_of_a_page_names_its_unit(
    opened: Open, monkeypatch: pytest.MonkeyPatch, sample: str, name: str, wall: bool
) -> None:
    silent: list[str] = []
    letters: list[float] = []

    def look(shown: picture._Unchecked) -> dict[str, Any]:
        spec = real(shown)
        silent.extend(axes_without_unit(spec))
        letters.extend(letter_sizes(spec))
        return spec

    real = picture._Unchecked.to_dict
    monkeypatch.setattr(picture._Unchecked, "to_dict", look)
    drawn_once_by_weights.clear()
    drawn_once.clear()  # what an earlier test drew would be replayed, not made
    app = opened(name, data=sample, **({"present": name} if wall else {}))
    assert not app.exception
    assert silent == []
    assert min(letters, default=24) >= (24 if wall else picture.LETTERS)


def axes_without_unit(spec: Mapping[str, Any]) -> list[str]:
    """What is written at axes of amounts that say no unit; ``x: Sales``."""
    found = [(channel, _said(view, channel)) for view in _views(spec) for channel in ("x", "y")]
    return [f"{at}: {' / '.join(said) or 'nothing'}" for at, said in found if said is not None and not names_unit(said)]


def letter_sizes(spec: Mapping[str, Any]) -> Iterator[float]:
    """Every size of letters that a picture asks for, the theme's own labels included."""
    for key, part in spec.items():
        if key in ("data", "datasets"):
            continue
        for each in part if isinstance(part, list) else [part]:
            if isinstance(each, Mapping):
                yield from letter_sizes(each)
            elif key.lower().endswith("fontsize"):
                yield each


def names_unit(said: list[str]) -> bool:
    return any(BRACKET.search(text) or OWN_UNIT.search(text) for text in said)


def _views(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    parts = [part for key in ("vconcat", "hconcat", "concat") for part in spec.get(key, [])]
    if not parts:
        yield spec
    for part in parts:
        yield from _views(part)


def _said(view: Mapping[str, Any], channel: str) -> list[str] | None:
    """Everything an axis says; None where there is no axis of amounts."""
    found = [given for layer in _layers(view) if (given := layer.get("encoding", {}).get(channel))]
    amounts = [given for given in found if given.get("type") == "quantitative" and given.get("axis", {}) is not None]
    amounts = [given for given in amounts if not _in_words(given.get("axis") or {})]
    if not amounts:
        return None
    said: list[str] = []
    for given in amounts:
        axis = given.get("axis") or {}
        for title in (given.get("title"), axis.get("title"), "%" if "%" in str(axis.get("format", "")) else None):
            said += title if isinstance(title, list) else [title] if title else []
    heading = view.get("title")
    said += [heading["text"]] if isinstance(heading, Mapping) else [heading] if heading else []
    return list(dict.fromkeys(said))


def _in_words(axis: Mapping[str, Any]) -> bool:
    """Whether words stand at its places, such as "weak" and "strong", or nothing."""
    return not axis.get("labels", True) or ("values" in axis and "labelExpr" in axis)


def _layers(view: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield view
    for layer in view.get("layer", []):
        yield from _layers(layer)
