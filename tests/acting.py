"""Tests act as somebody who is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workbench.rights.acting import ask_person
from workbench.rights.person import Person, RepLimit

ANA = Person("ana@example.com", "Ana", "editor", frozenset({"North"}))
BEN = Person("ben@example.com", "Ben", "editor", frozenset({"North"}))
CY = Person("cy@example.com", "Cy", "editor", frozenset({"South"}))
VIEWER = Person("vi@example.com", "Vi", "viewer", frozenset({"North"}))
ADMIN = Person("ada@example.com", "Ada", "admin")
LIMITED = Person("lee@example.com", "Lee", "editor", frozenset({"North"}), RepLimit("team", ("North",)))


@contextmanager
def acting(person: Person | None) -> Iterator[None]:
    """Within, this person is at work."""
    ask_person(lambda: person)
    try:
        yield
    finally:
        ask_person(lambda: None)
