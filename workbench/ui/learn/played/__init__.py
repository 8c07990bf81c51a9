"""What a prediction is played with: bars of reps to click, and a line to draw; both by mouse, touch and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent


def _component(name: str) -> Any:
    css, js = ((_FOLDER / f"{name}.{kind}").read_text("utf-8") for kind in ("css", "js"))
    return st.components.v2.component(f"workbench.{name}", html='<div class="play"></div>', css=css, js=js)


_pick, _draw = _component("pick_reps"), _component("draw_line")


def pick_reps(
    reps: Sequence[tuple[str, float, str]], picked: Sequence[int], most: int, on_picked: Callable[[], None], key: str,
    words: dict[str, str],
) -> None:  # fmt: skip
    """Bars that can be clicked.

    Parameters
    ----------
    reps : name, amount and amount in words of each. picked : places among ``reps``; at most ``most``.
    on_picked : called after a click; ``st.session_state[key]["picked"]`` then holds the places.
    words : ``title`` of the bars, and ``left`` with ``{n}`` for how many may still be picked.
    """
    rows = [{"name": name, "amount": amount, "said": said} for name, amount, said in reps]
    _pick(key=key, data={"reps": rows, "picked": list(picked), "most": most, "words": words},
          on_picked_change=on_picked)  # fmt: skip


def draw_line(
    labels: Sequence[str], values: Sequence[float], high: float, step: float, on_drawn: Callable[[], None], key: str,
    words: dict[str, str],
) -> None:  # fmt: skip
    """A line with a point a label, from 0 to ``high``, dragged or moved by the arrow keys.

    Parameters
    ----------
    step : what a key adds. on_drawn : called when a hand lets go; ``st.session_state[key]["drawn"]`` holds the values.
    words : ``title`` of the axis, ``before`` and ``after`` a number, such as a currency.
    """
    data = {"labels": list(labels), "values": list(values), "high": high, "step": step, "words": words}
    _draw(key=key, data=data, on_drawn_change=on_drawn)
