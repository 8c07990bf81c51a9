"""Codes of events: ours need no mapping, however they are written."""

from __future__ import annotations

import pytest

from tests.samples.raw import FOLDER, SLUGS
from workbench.data.model.dataset import EVENT_ROLES, EventRoles, load_dataset
from workbench.data.model.event_codes import DISPOSITION_CODES, EVENT_CODES, canonical_code


@pytest.mark.parametrize(
    ("written", "mapped", "code"),
    [
        ("No Answer", {}, "no_answer"),
        (" no-show ", {}, "no_show"),
        ("Spoke", {}, None),
        ("Spoke", {"Spoke": "conversation"}, "conversation"),
        ("busy", {"busy": "no_answer"}, "no_answer"),
        ("busy", {"busy": ""}, None),
    ],
)
def test_what_a_code_of_a_file_means(written: str, mapped: dict[str, str], code: str | None) -> None:
    assert canonical_code(written, DISPOSITION_CODES, mapped) == code


def test_roles_are_what_a_column_can_be() -> None:
    assert {*EVENT_CODES} < {*EVENT_ROLES}
    assert EventRoles(kind="orders", amount="total", contact="firm").columns == {"amount": "total", "contact": "firm"}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_samples_say_what_their_rows_are_in_our_codes(slug: str) -> None:
    sources = load_dataset(FOLDER / slug / f"{slug}.dataset.json").sources
    told = [source.events for source in sources if source.events]
    assert any(events.kind for events in told)
    for events in told:
        for role, codes in events.values.items():
            assert {*codes.values()} <= {*EVENT_CODES[role]}
