"""Options: kept by name per data set, changed, deleted and put back; a damaged file is never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.design import options, store
from workbench.design.model import Design, parse_design
from workbench.errors import InputError


def design(weight: float) -> Design:
    return parse_design({"name": "d", "kpis": [{"name": "Calls", "formula": "calls", "weight": weight}]})


def test_options_are_kept_per_data_set_with_their_designs(tmp_path: Path) -> None:
    options.save_option(tmp_path, "floor", design(10), "Calm", "for Monday")
    options.save_option(tmp_path, "floor", design(20), "Bold")
    options.save_option(tmp_path, "other", design(30), "Elsewhere")
    found = options.list_options(tmp_path, "floor")
    assert [(option.name, option.note) for option in found] == [("Calm", "for Monday"), ("Bold", "")]
    assert [store.find_design(tmp_path / "designs", option.design) for option in found] == [design(10), design(20)]
    assert [option.name for option in options.list_options(tmp_path, "other")] == ["Elsewhere"]
    assert options.list_options(tmp_path, "nothing yet") == ()


def test_the_same_design_again_is_renamed_and_comes_back(tmp_path: Path) -> None:
    first = options.save_option(tmp_path, "floor", design(10), "Calm")
    options.update_option(tmp_path, "floor", first.design, pinned=True, deleted=True)
    again = options.save_option(tmp_path, "floor", design(10), "Calmer", "new note")
    assert options.list_options(tmp_path, "floor") == (again,)
    assert (again.name, again.pinned, again.deleted, again.added) == ("Calmer", True, False, first.added)


def test_deleting_keeps_the_option_in_its_place_to_be_put_back(tmp_path: Path) -> None:
    made = [options.save_option(tmp_path, "floor", design(weight), f"No {weight}") for weight in (1, 2, 3)]
    options.update_option(tmp_path, "floor", made[1].design, deleted=True)
    assert [option.deleted for option in options.list_options(tmp_path, "floor")] == [False, True, False]
    options.update_option(tmp_path, "floor", made[1].design, deleted=False)
    assert options.list_options(tmp_path, "floor") == tuple(made)
    options.update_option(tmp_path, "floor", "0" * 12, deleted=True)
    assert options.list_options(tmp_path, "floor") == tuple(made)


@pytest.mark.parametrize("content", ["{", '{"options": [{"name": "no design"}]}', '{"options": [], "more": 1}'])
def test_a_damaged_file_says_so_and_stays_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "options" / "floor.json"
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(InputError):
        options.list_options(tmp_path, "floor")
    with pytest.raises(InputError):
        options.save_option(tmp_path, "floor", design(1), "Lost?")
    assert path.read_text() == content


def test_a_name_of_a_data_set_cannot_lead_elsewhere(tmp_path: Path) -> None:
    options.save_option(tmp_path, "../evil", design(1), "Out")
    assert options.list_options(tmp_path, "../evil") == ()
    assert [path.name for path in tmp_path.iterdir()] == ["designs"]
    assert not list(tmp_path.parent.glob("evil*"))


def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    options.save_option(tmp_path, "floor", design(1), "One")
    assert [path.name for path in (tmp_path / "options").iterdir()] == ["floor.json"]
