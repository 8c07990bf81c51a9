"""The samples' panels that tests share are those of the samples, and each is built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import sample_panels
from tests.sample_panels import SAMPLES, build_samples_once, sample_panel
from workbench.data.model.dataset import load_dataset


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the folders that were built, instead of building them."""
    names: list[str] = []
    monkeypatch.setattr(sample_panels, "build_panel", lambda dataset, folder, **options: names.append(folder.name))
    monkeypatch.setattr(sample_panels, "sample_panel", sample_panel.__wrapped__)
    monkeypatch.setattr(sample_panels, "_uploaded", {})
    return names


def test_processes_share_what_one_of_them_built(
    built: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_panels, "_shared", [tmp_path])
    for _ in range(2):
        sample_panels.sample_panel("quotes-desk")
    assert built == ["quotes-desk"]
    assert [path.name for path in tmp_path.iterdir()] == ["quotes-desk"]


def test_pages_build_anew_whatever_is_no_unchanged_sample(
    built: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_panels, "sample_panel", lambda name: name)
    folder = SAMPLES / "quotes-desk"
    dataset = load_dataset(folder / "quotes-desk.dataset.json")
    assert build_samples_once(dataset, folder) == "quotes-desk"
    assert built == []
    build_samples_once(dataset.model_copy(update={"grain": "quarter"}), folder)
    build_samples_once(dataset, tmp_path)
    assert built == ["quotes-desk", tmp_path.name]


def test_what_visits_bring_is_built_once_for_its_content(built: list[str], tmp_path: Path) -> None:
    dataset = load_dataset(SAMPLES / "quotes-desk" / "quotes-desk.dataset.json")
    brought = {"first": "a,b\n", "same": "a,b\n", "other": "a,c\n"}
    for name, content in brought.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / dataset.sources[0].location).write_text(content, encoding="utf-8")
        build_samples_once(dataset, tmp_path / name)
    build_samples_once(dataset, tmp_path / "same", connections={"crm": "duckdb://"})
    assert built == ["first", "other", "same"]
