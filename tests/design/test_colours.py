"""A KPI keeps its colour while others come and go."""

from __future__ import annotations

import pytest

from workbench.charts.palette import KPI_COLOURS, kpi_colours
from workbench.design import edits
from workbench.design.colours import keep_colours
from workbench.design.model import Design, Kpi

THREE = Design(name="Three", kpis=tuple(Kpi(name=name) for name in ("Dials", "Quotes", "Meetings")))


def changed(after: Design, before: Design = THREE) -> dict[str, str]:
    return kpi_colours(keep_colours(before, after).kpis)


def test_colours_follow_the_places_of_a_design_as_it_was_written() -> None:
    assert list(kpi_colours(THREE.kpis).values()) == list(KPI_COLOURS[:3])
    assert keep_colours(THREE, edits.set_weight(THREE, (0,), 5)).kpis[0].colour is None


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_the_others_keep_theirs_when_one_goes(gone: int) -> None:
    before, after = kpi_colours(THREE.kpis), changed(edits.remove_kpi(THREE, (gone,)))
    assert after == {name: colour for name, colour in before.items() if name in after}
    assert len(after) == 2


def test_all_keep_theirs_when_one_moves_or_is_renamed() -> None:
    before = kpi_colours(THREE.kpis)
    assert changed(edits.move_kpi(THREE, (0,), 2)) == before
    renamed = changed(edits.update_kpi(THREE, (1,), name="Offers"))
    assert renamed == {"Dials": before["Dials"], "Offers": before["Quotes"], "Meetings": before["Meetings"]}


def test_a_new_one_takes_the_first_colour_that_is_free() -> None:
    two = keep_colours(THREE, edits.remove_kpi(THREE, (0,)))
    after = changed(edits.add_kpi(two, Kpi(name="E-mails")), two)
    assert after["E-mails"] == KPI_COLOURS[0]
    copied = changed(edits.duplicate_kpi(two, (0,)), two)
    assert len(set(copied.values())) == 3


def test_back_at_its_own_place_a_colour_is_no_part_of_the_design() -> None:
    moved = keep_colours(THREE, edits.move_kpi(THREE, (0,), 1))
    assert keep_colours(moved, edits.move_kpi(moved, (0,), 1)) == THREE
