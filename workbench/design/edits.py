"""Edit a design; every edit returns a new one. KPIs are addressed by their path of indices: (2,) or (2, 0)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from workbench.design.model import Design, Goal, Kpi

Path = tuple[int, ...]


def kpi_paths(design: Design) -> Iterator[tuple[Path, Kpi]]:
    """Yield every KPI with its path, from the top, parts after the KPI they belong to."""
    for place, kpi in enumerate(design.kpis):
        yield from _paths_below(kpi, (place,))


def _paths_below(kpi: Kpi, path: Path) -> Iterator[tuple[Path, Kpi]]:
    yield path, kpi
    for place, part in enumerate(kpi.kpis):
        yield from _paths_below(part, (*path, place))


def kpi_at(design: Design, path: Path) -> Kpi:
    """Return the KPI at a path. Raises IndexError if there is none."""
    kpi = design.kpis[path[0]]
    for place in path[1:]:
        kpi = kpi.kpis[place]
    return kpi


def path_of(design: Design, name: str) -> Path | None:
    """Return the path of the first KPI of this name, or None."""
    return next((path for path, kpi in kpi_paths(design) if kpi.name == name), None)


def set_goal(design: Design, goal: Goal | None) -> Design:
    return design.model_copy(update={"goal": goal})


def set_scoring(design: Design, **fields: Any) -> Design:
    """Change some scoring rules. Raises pydantic's ValidationError for invalid values."""
    scoring = type(design.scoring).model_validate(dict(design.scoring) | fields)
    return design.model_copy(update={"scoring": scoring})


def add_kpi(design: Design, kpi: Kpi, inside: Path = ()) -> Design:
    """Add a KPI last among the top KPIs, or inside the composite at ``inside``. Its name is made unique."""
    kpi = kpi.model_copy(update={"name": unique_kpi_name(design, kpi.name)})
    if not inside:
        return design.model_copy(update={"kpis": (*design.kpis, kpi)})
    return _edit_at(design, inside, lambda whole: (_with_parts(whole, (*whole.kpis, kpi)),))


def replace_kpi(design: Design, path: Path, kpi: Kpi) -> Design:
    """Replace a KPI. KPIs that drove the old name drive the new one."""
    old = kpi_at(design, path).name
    changed = _edit_at(design, path, lambda _: (kpi,))
    return changed if old == kpi.name else _rename_drives(changed, old, kpi.name)


def update_kpi(design: Design, path: Path, **fields: Any) -> Design:
    """Change some fields of a KPI. Raises pydantic's ValidationError for invalid values."""
    kpi = kpi_at(design, path)
    return replace_kpi(design, path, Kpi.model_validate(dict(kpi) | fields))


def set_weight(design: Design, path: Path, weight: float) -> Design:
    """Change the weight of a KPI. Raises pydantic's ValidationError for a weight below 0."""
    return update_kpi(design, path, weight=weight)


def set_weights(design: Design, weights: dict[str, float]) -> Design:
    """Change the weights of top KPIs by name; KPIs not named keep theirs."""
    kpis = [Kpi.model_validate(dict(kpi) | {"weight": weights.get(kpi.name, kpi.weight)}) for kpi in design.kpis]
    return design.model_copy(update={"kpis": tuple(kpis)})


def remove_kpi(design: Design, path: Path) -> Design:
    """Remove a KPI with its parts. KPIs that drove it drive what it drove."""
    gone = kpi_at(design, path)
    return _rename_drives(_edit_at(design, path, lambda _: ()), gone.name, gone.drives)


def duplicate_kpi(design: Design, path: Path) -> Design:
    """Copy a KPI right after it, with unique names and weight 0, since counting it twice is seldom intended."""
    kpi = kpi_at(design, path)
    taken = {other.name for _, other in kpi_paths(design)}
    copy = _fresh_names(kpi, taken).model_copy(update={"weight": 0.0})
    return _edit_at(design, path, lambda one: (one, copy))


def _fresh_names(kpi: Kpi, taken: set[str]) -> Kpi:
    name = _unique_name(kpi.name, taken)
    taken.add(name)
    parts = tuple(_fresh_names(part, taken) for part in kpi.kpis)
    return kpi.model_copy(update={"name": name, "kpis": parts})


def move_kpi(design: Design, path: Path, by: int) -> Design:
    """Move a KPI ``by`` places down (negative: up) among its siblings, as far as possible."""
    *above, place = path
    siblings = list(kpi_at(design, tuple(above)).kpis if above else design.kpis)
    kpi = siblings.pop(place)
    siblings.insert(min(max(place + by, 0), len(siblings)), kpi)
    if not above:
        return design.model_copy(update={"kpis": tuple(siblings)})
    return _edit_at(design, tuple(above), lambda whole: (_with_parts(whole, tuple(siblings)),))


def group_kpis(design: Design, names: tuple[str, ...], name: str) -> Design:
    """Group top KPIs to one composite in the place of the first; their weights become the inner ones.

    The composite has the sum of their weights, so each keeps its share. Parts that all had weight 0 get equal inner
    weights, or the composite would have no value.
    """
    parts = [kpi for kpi in design.kpis if kpi.name in names]
    if not parts:
        return design
    name, weight = unique_kpi_name(design, name), sum(part.weight for part in parts)
    inner = [
        part.model_copy(update={"weight": part.weight if weight else 1.0, "drives": name, "edge": "part_of"})
        for part in parts
    ]
    whole = Kpi(name=name, kpis=tuple(inner), weight=weight, drives=parts[0].drives, edge=parts[0].edge)
    kpis = [whole if kpi is parts[0] else kpi for kpi in design.kpis if kpi is parts[0] or kpi not in parts]
    return design.model_copy(update={"kpis": tuple(kpis)})


def ungroup_kpi(design: Design, path: Path) -> Design:
    """Replace a composite by its parts; its weight is split in proportion to the inner weights."""
    whole = kpi_at(design, path)
    total = sum(part.weight for part in whole.kpis)
    back = {"drives": whole.drives, "edge": whole.edge}
    parts = tuple(
        part.model_copy(update={"weight": whole.weight * part.weight / total if total else 0.0} | back)
        for part in whole.kpis
    )
    return _edit_at(design, path, lambda _: parts) if parts else design


def unique_kpi_name(design: Design, wanted: str) -> str:
    """Return the name, numbered if a KPI already has it."""
    return _unique_name(wanted, {kpi.name for _, kpi in kpi_paths(design)})


def _unique_name(wanted: str, taken: set[str]) -> str:
    folded = {name.casefold() for name in taken}
    if wanted.casefold() not in folded:
        return wanted
    stem, number = re.sub(r" \d+$", "", wanted), 2
    while f"{stem} {number}".casefold() in folded:
        number += 1
    return f"{stem} {number}"


def _edit_at(design: Design, path: Path, change: Callable[[Kpi], tuple[Kpi, ...]]) -> Design:
    """Replace the KPI at ``path`` by none, one or several."""
    return design.model_copy(update={"kpis": _edit_among(design.kpis, path, change)})


def _edit_among(kpis: tuple[Kpi, ...], path: Path, change: Callable[[Kpi], tuple[Kpi, ...]]) -> tuple[Kpi, ...]:
    place, *below = path
    kpi = kpis[place]
    new = (_with_parts(kpi, _edit_among(kpi.kpis, tuple(below), change)),) if below else change(kpi)
    return (*kpis[:place], *new, *kpis[place + 1 :])


def _with_parts(whole: Kpi, parts: tuple[Kpi, ...]) -> Kpi:
    return Kpi.model_validate(dict(whole) | {"kpis": parts, "formula": None if parts else whole.formula})


def _rename_drives(design: Design, old: str, new: str | None) -> Design:
    return design.model_copy(update={"kpis": tuple(_rename_drives_of_kpi(kpi, old, new) for kpi in design.kpis)})


def _rename_drives_of_kpi(kpi: Kpi, old: str, new: str | None) -> Kpi:
    parts = tuple(_rename_drives_of_kpi(part, old, new) for part in kpi.kpis)
    return kpi.model_copy(update={"kpis": parts, "drives": new if kpi.drives == old else kpi.drives})
