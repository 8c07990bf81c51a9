"""The dials floor under other dice: who was planted as a faker is worth a conversation, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sample_data.dice import Dice
from sample_data.stories import dials_floor
from sample_data.stories.dials_floor_told import FAKERS, SLUG
from tests.effort import cases
from tests.sample_panels import SAMPLES
from workbench.data.model.dataset import load_dataset
from workbench.integrity.count_suspects import count_suspects
from workbench.integrity.find_flags import find_flags


@pytest.mark.parametrize("seed", cases((0,), tuple(range(1, 50))))
def test_the_planted_fakers_and_nobody_else(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over fifty seeds all eight were named each time, and no honest rep ever."""
    monkeypatch.setattr(dials_floor, "Dice", lambda name: Dice(name.replace(" 19", f" seed {seed}")))
    for name, content in dials_floor.make().items():
        (tmp_path / name).write_bytes(content)
    dataset = load_dataset(SAMPLES / SLUG / f"{SLUG}.dataset.json")
    named = {flag.rep for flag in find_flags(count_suspects(dataset, tmp_path), pd.Series(dtype=str)).named}
    assert named <= set(FAKERS)
    assert len(named) >= 0.8 * len(FAKERS)
