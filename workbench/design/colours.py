"""Number the colours of KPIs, so that a KPI keeps its colour while others come and go."""

from __future__ import annotations

from workbench.design.model import Design, Kpi


def colour_numbers(kpis: tuple[Kpi, ...]) -> dict[str, int]:
    """Return the number of each top KPI's colour by name: the one it has, else its place."""
    return {kpi.name: place if kpi.colour is None else kpi.colour for place, kpi in enumerate(kpis)}


def keep_colours(before: Design, after: Design) -> Design:
    """Return ``after`` with the colours that its KPIs had in ``before``; a new KPI takes the first free colour.

    A colour is written into the design only where it is not that of the KPI's place, so that a design nobody has
    removed anything from stays as it was written.
    """
    numbers = _numbers(before, after)
    kpis = tuple(
        kpi if kpi.colour == number else kpi.model_copy(update={"colour": number})
        for kpi, number in zip(after.kpis, _unless_own_place(numbers), strict=True)
    )
    return after if all(new is old for new, old in zip(kpis, after.kpis, strict=True)) else after.model_copy(
        update={"kpis": kpis}
    )  # fmt: skip


def _numbers(before: Design, after: Design) -> list[int]:
    had = colour_numbers(before.kpis)
    names = {kpi.name for kpi in after.kpis}
    known = [had.get(kpi.name, _of_old_name(kpi, place, before, after, names)) for place, kpi in enumerate(after.kpis)]
    taken = {number for number in known if number is not None}
    found = []
    for number in known:
        if number is None:
            number = next(free for free in range(len(taken) + 1) if free not in taken)
            taken.add(number)
        found.append(number)
    return found


def _of_old_name(kpi: Kpi, place: int, before: Design, after: Design, names: set[str]) -> int | None:
    """The colour of the KPI that stood here under another name; None for one that is new."""
    if len(before.kpis) != len(after.kpis) or before.kpis[place].name in names:
        return None
    return colour_numbers(before.kpis)[before.kpis[place].name]


def _unless_own_place(numbers: list[int]) -> list[int | None]:
    return [None if number == place else number for place, number in enumerate(numbers)]
