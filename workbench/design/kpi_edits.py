"""Changes of a design that also say which KPI is worked on afterwards: each gives the new design and a path in it."""

from __future__ import annotations

from workbench.design import edits
from workbench.design.driver_tree import GOAL, TreeCard
from workbench.design.edits import Path
from workbench.design.model import Design, Kpi

KpiEdit = tuple[Design, Path]
"""The new design, and where in it the KPI is that is worked on afterwards."""


def add_last(design: Design, kpi: Kpi, inside: Path = ()) -> KpiEdit:
    """One more KPI, last among the top KPIs or inside the composite at ``inside``."""
    after = edits.add_kpi(design, kpi, inside)
    return after, (*inside, len(_siblings(after, inside)) - 1)


def move_kpi(design: Design, path: Path, by: int) -> KpiEdit:
    """The KPI ``by`` places further down (negative: up) among its neighbours, as far as there are any."""
    *above, place = path
    after = edits.move_kpi(design, path, by)
    return after, (*above, min(max(place + by, 0), len(_siblings(after, tuple(above))) - 1))


def duplicate_kpi(design: Design, path: Path) -> KpiEdit:
    """A second one right behind it, which is then worked on."""
    return edits.duplicate_kpi(design, path), (*path[:-1], path[-1] + 1)


def combine_kpis(design: Design, names: tuple[str, ...], name: str) -> KpiEdit:
    """Top KPIs put together as one composite. Raises StopIteration where none of the names is a top KPI."""
    before = {kpi.name for kpi in design.kpis}
    after = edits.group_kpis(design, names, name)
    return after, next((place,) for place, kpi in enumerate(after.kpis) if kpi.name not in before)


def possible_parts(design: Design, whole: Kpi) -> list[str]:
    """Names of the top KPIs that can become a part of ``whole``: any other that is no composite itself."""
    return [kpi.name for kpi in design.kpis if kpi.name != whole.name and not kpi.kpis]


def make_part(design: Design, name: str, path: Path) -> KpiEdit | None:
    """The KPI of this name becomes the last part of the composite at ``path``, keeping its weight.

    None where there is no such KPI, or where the composite goes with it.
    """
    place = edits.path_of(design, name)
    if place is None:
        return None
    whole, part = edits.kpi_at(design, path), edits.kpi_at(design, place)
    without = edits.remove_kpi(design, place)
    home = edits.path_of(without, whole.name)
    if home is None:
        return None
    return edits.add_kpi(without, part.model_copy(update={"drives": whole.name, "edge": "part_of"}), home), home


def add_driver(design: Design, card: TreeCard, name: str) -> KpiEdit:
    """A KPI without a formula, named ``name``, that must happen before a card of the driver tree.

    Before a composite it is a part of it, before anything else it is believed to drive it.
    """
    inside = card.path if card.path and edits.kpi_at(design, card.path).kpis else ()
    kpi = Kpi(name=edits.unique_kpi_name(design, name), drives=GOAL if card.path is None else card.name,
              edge="part_of" if inside else "believed")  # fmt: skip
    return add_last(design, kpi, inside)


def inner_shares(whole: Kpi) -> list[float | None]:
    """Each part's share of the composite, 0 … 1; None where no part has a weight."""
    total = sum(part.weight for part in whole.kpis)
    return [part.weight / total if total else None for part in whole.kpis]


def _siblings(design: Design, above: Path) -> tuple[Kpi, ...]:
    return edits.kpi_at(design, above).kpis if above else design.kpis
