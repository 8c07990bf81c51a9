"""How much the tests try: the same cases in every everyday run, many more and drawn anew in a long one, few and quick
ones where the tests themselves are tried out by breaking the code."""

from __future__ import annotations

import os
from typing import TypeVar

from hypothesis import Phase, settings

Case = TypeVar("Case")
LONG = os.environ.get("WORKBENCH_TESTS") == "long"
BREAKING = os.environ.get("WORKBENCH_TESTS") == "mutants"
MORE = 20  # times the examples of the everyday run
FEWER = 4  # the everyday run tries so many times the examples that a mutant is tried with
USUAL = 100  # examples of a property that asks for no other number


def examples(everyday: int) -> int:
    """How many examples of a property are tried."""
    if BREAKING:
        return max(everyday // FEWER, 1)
    return everyday * MORE if LONG else everyday


def cases(everyday: tuple[Case, ...], more: tuple[Case, ...]) -> tuple[Case, ...]:
    """The cases of a test that is too slow to try all of them every day."""
    return everyday + more if LONG else everyday


def load_profile() -> None:
    """Judge property tests by what they find and not by how busy the machine is; say how to repeat a failure."""
    settings.register_profile("everyday", deadline=None, derandomize=True, database=None)
    settings.register_profile("long", deadline=None, max_examples=examples(USUAL), print_blob=True)
    settings.register_profile(
        "mutants",
        settings.get_profile("everyday"),
        max_examples=examples(USUAL),
        phases=(Phase.explicit, Phase.generate),
    )  # a failure need not be made small: it is only counted
    settings.load_profile("long" if LONG else "mutants" if BREAKING else "everyday")
