"""A file that names a contact only: which other file says whose the rows are, by one press."""

from __future__ import annotations

from tests.ui.conftest import Open
from tests.ui.test_data_page import REPS, press, upload
from tests.ui.test_pages import words
from tests.ui.test_reading_panel import made

CALLS = "call_id,contact_id,called_at\n" + "".join(
    f"{n},{n % 40},2026-{n % 6 + 1:02}-{n % 28 + 1:02}\n" for n in range(1, 241)
)


def contacts(n_known: int) -> str:
    return "id,owner\n" + "".join(f"{n},{REPS[n % 3]}\n" for n in range(n_known))


def test_the_file_with_the_owner_is_chosen_by_the_share_of_rows_that_it_knows(opened: Open) -> None:
    app = upload(opened("data"), calls__csv=CALLS, contacts__csv=contacts(12))
    assert "owner in contacts.csv, by contact_id: 30% of the rows match" in made(app)
    app = press(app, "Take it")
    assert "3 reps × 6 months" in made(app)
    assert app.session_state["data.mapping"].dataset.sources[0].rep == "owner"
    assert not app.exception


def test_a_file_that_knows_most_rows_is_taken_without_asking(opened: Open) -> None:
    app = upload(opened("data"), calls__csv=CALLS, contacts__csv=contacts(36))
    assert "3 reps × 6 months" in made(app)
    assert "Which column says who did it?" not in words(app)
