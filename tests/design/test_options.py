"""Options: kept by name per data set, changed, deleted and put back; a damaged one is never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acting import ANA, BEN, acting
from tests.stored import contents, put
from workbench.design import options, store
from workbench.design.model import Design, parse_design
from workbench.errors import InputError
from workbench.rights.may import TEAM
from workbench.store.kinds import OPTION
from workbench.store.opening import reading, writing

pytestmark = pytest.mark.usefixtures("each_database")


def design(weight: float) -> Design:
    return parse_design({"name": "d", "kpis": [{"name": "Calls", "formula": "calls", "weight": weight}]})


def test_options_are_kept_per_data_set_with_their_designs(tmp_path: Path) -> None:
    options.save_option(tmp_path, "floor", design(10), "Calm", "for Monday")
    options.save_option(tmp_path, "floor", design(20), "Bold")
    options.save_option(tmp_path, "other", design(30), "Elsewhere")
    found = options.list_options(tmp_path, "floor")
    assert [(option.name, option.note) for option in found] == [("Calm", "for Monday"), ("Bold", "")]
    assert [store.find_design(tmp_path, option.design) for option in found] == [design(10), design(20)]
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


@pytest.mark.parametrize(
    "content", ["{", '{"name": "no design"}', '{"design": "0123456789ab", "name": "A", "more": 1}']
)
def test_a_damaged_option_says_so_and_stays_as_it_is(tmp_path: Path, content: str) -> None:
    put(tmp_path, OPTION, "floor", "0123456789ab", content)
    with pytest.raises(InputError):
        options.list_options(tmp_path, "floor")
    with pytest.raises(InputError):
        options.save_option(tmp_path, "floor", design(1), "Lost?")
    assert contents(tmp_path, OPTION, "floor") == [content]
    assert store.find_design(tmp_path, store.design_id(design(1))) is None, "all of it or nothing"


def test_a_name_of_a_data_set_cannot_lead_elsewhere(tmp_path: Path) -> None:
    options.save_option(tmp_path, "../evil", design(1), "Out")
    assert options.list_options(tmp_path, "../evil") == ()
    assert not list(tmp_path.parent.glob("evil*"))


def test_every_change_of_an_option_is_a_version_with_its_note(tmp_path: Path) -> None:
    made = options.save_option(tmp_path, "floor", design(1), "One", "first")
    options.update_option(tmp_path, "floor", made.design, pinned=True)
    options.update_option(tmp_path, "floor", made.design, pinned=True)
    options.save_option(tmp_path, "floor", design(1), "One", "second")
    with reading(tmp_path) as kept:
        assert [version.note for _, _, version in kept.versions(OPTION, "floor")] == ["first", "first", "second"]


def test_a_team_changes_an_option_of_a_colleague_and_deletes_none(tmp_path: Path) -> None:
    with acting(ANA):
        made = options.save_option(tmp_path, "floor", design(1), "One")
        with writing(tmp_path) as kept:
            kept.share(OPTION, "floor", made.design, f"{TEAM}North")
    with acting(BEN):
        options.update_option(tmp_path, "floor", made.design, pinned=True)
        with pytest.raises(PermissionError):
            options.update_option(tmp_path, "floor", made.design, deleted=True)
    with acting(ANA):
        assert [option.pinned for option in options.list_options(tmp_path, "floor")] == [True]


def test_options_travel_to_a_changed_data_set_in_their_order(tmp_path: Path) -> None:
    made = [options.save_option(tmp_path, "floor", design(weight), f"No {weight}") for weight in (1, 2)]
    options.update_option(tmp_path, "floor", made[0].design, deleted=True)
    for _ in range(2):
        options.copy_options(tmp_path, "floor", "changed")
    assert options.list_options(tmp_path, "changed") == options.list_options(tmp_path, "floor")
    assert len(contents(tmp_path, OPTION, "changed")) == 2
