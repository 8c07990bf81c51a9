"""Edit a design and select a KPI: every edit returns the new design and the path of the selected KPI."""

from __future__ import annotations

from workbench.design import edits
from workbench.design.driver_tree import GOAL, TreeCard
from workbench.design.edits import Path
from workbench.design.model import Design, Kpi

KpiEdit = tuple[Design, Path]
"""The new design, and the path of the KPI that is selected in it."""


def add_kpi_with_path(design: Design, kpi: Kpi, inside: Path = ()) -> KpiEdit:
    """Add a KPI last among the top KPIs, or inside the composite at ``inside``, and select it."""
    after = edits.add_kpi(design, kpi, inside)
    return after, (*inside, len(_siblings(after, inside)) - 1)


def move_kpi_with_path(design: Design, path: Path, by: int) -> KpiEdit:
    """Move a KPI ``by`` places down (negative: up) among its siblings, as far as possible, and select it."""
    *above, place = path
    after = edits.move_kpi(design, path, by)
    return after, (*above, min(max(place + by, 0), len(_siblings(after, tuple(above))) - 1))


def duplicate_kpi_with_path(design: Design, path: Path) -> KpiEdit:
    """Copy a KPI right after it, and select the copy."""
    return edits.duplicate_kpi(design, path), (*path[:-1], path[-1] + 1)


def group_kpis_with_path(design: Design, names: tuple[str, ...], name: str) -> KpiEdit:
    """Group top KPIs to one composite, and select it. Raises StopIteration if no name is a top KPI."""
    before = {kpi.name for kpi in design.kpis}
    after = edits.group_kpis(design, names, name)
    return after, next((place,) for place, kpi in enumerate(after.kpis) if kpi.name not in before)


def possible_parts(design: Design, whole: Kpi) -> list[str]:
    """List the names of the top KPIs that can become a part of ``whole``: any other that is no composite."""
    return [kpi.name for kpi in design.kpis if kpi.name != whole.name and not kpi.kpis]


def make_part(design: Design, name: str, path: Path) -> KpiEdit | None:
    """Make a KPI the last part of the composite at ``path``, keeping its weight, and select the composite.

    None if there is no such KPI, or if the composite is inside it.
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
    """Add a KPI without a formula that drives a card of the driver tree, and select it.

    It becomes a part of a composite, and is believed to drive any other card.
    """
    inside = card.path if card.path and edits.kpi_at(design, card.path).kpis else ()
    kpi = Kpi(name=edits.unique_kpi_name(design, name), drives=GOAL if card.path is None else card.name,
              edge="part_of" if inside else "believed")  # fmt: skip
    return add_kpi_with_path(design, kpi, inside)


def inner_shares(whole: Kpi) -> list[float | None]:
    """Return each part's share of the composite, 0 to 1; None if no part has a weight."""
    total = sum(part.weight for part in whole.kpis)
    return [part.weight / total if total else None for part in whole.kpis]


def _siblings(design: Design, above: Path) -> tuple[Kpi, ...]:
    return edits.kpi_at(design, above).kpis if above else design.kpis
