"""What kind of activity a file holds, in a sentence that can be read aloud."""

from __future__ import annotations

from workbench.data.model.dataset import EVENT_ROLES, EventRoles
from workbench.data.model.event_codes import EVENT_CODES, EVENT_KINDS
from workbench.words import event_roles as words


def test_the_sentence_says_what_a_row_is_and_who_needs_it() -> None:
    calls = EventRoles(kind="calls", disposition="Out_come", seconds="Seconds", contact="Phone", timestamp="At")
    assert words.activity_sentence(calls, "At") == (
        "One row is **a call**: outcome in **Out\\_come**, length in **Seconds** and number in **Phone**. "
        "Integrity uses this."
    )
    assert "minutes in **Talk**" in words.activity_sentence(
        calls.model_copy(update={"seconds": "Talk", "length_unit": "minutes"}), "At"
    )
    assert words.activity_sentence(EventRoles(kind="orders"), "At").startswith("One row is **an order**. ")
    assert "**an activity**: customer in" in words.activity_sentence(EventRoles(contact="x"), "At")


def test_no_sentence_is_longer_than_twenty_words() -> None:
    every = EventRoles(kind="calls", **dict.fromkeys(EVENT_ROLES, "Column"))
    said = [*words.activity_sentence(every, "At").split(". "), *words.UNKNOWN.split(". "), *words.ROLE_HELP.values()]
    assert max(len(sentence.split()) for sentence in said) <= 20


def test_every_role_kind_and_code_has_a_name() -> None:
    assert {*words.ROLES} == {*EVENT_ROLES}
    assert {*words.KINDS} == {*EVENT_KINDS}
    assert {code for codes in EVENT_CODES.values() for code in codes} == {*words.CODES}
