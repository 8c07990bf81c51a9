"""The card of a trial whose data have moved on: nothing breaks, and no text of a file is read as markup."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from tests.sample_panels import sample_panel
from tests.ui.conftest import Open
from tests.ui.test_trials import SAMPLE, entry, field, press
from workbench.data.library.data_sets import workspace_folder
from workbench.trials.trial_file import parse_trial
from workbench.trials.trial_library import save_trial
from workbench.ui.session.saving import take_unsaved
from workbench.ui.session.trial_card import TrialCard
from workbench.ui.trials import card_people, changes
from workbench.ui.trials.card_texts import CardFields
from workbench.words import trial_card as card_words


@pytest.mark.parametrize(
    ("wrong", "offered"),
    [({"measure": "gone"}, False), ({"treated": ["Nobody Here"]}, True), ({}, True)],
)
def test_lots_are_offered_only_where_they_can_be_drawn(opened: Open, wrong: dict, offered: bool) -> None:
    """Of a card with the wrong people lots are a way out; of a measure that the data lack they broke down."""
    content = {"name": "Old", "measure": "sales", "treated": ["Ana Ruiz"], "start": "2025-01-01"} | wrong
    save_trial(workspace_folder(), entry(), "old", parse_trial(content))
    app = press(opened("trials", data=SAMPLE, trial="old"), "Edit")
    assert ("trials.lots" in [each.key for each in app.button]) is offered
    if offered:
        app = press(app, card_words.DRAW)
        assert len(app.session_state[field(app, "treated.names")]) > 1


def test_the_first_number_to_change_is_half_of_what_can_be_drawn(opened: Open) -> None:
    """Of 24 reps in 4 offices 12 were offered, and 3 drawn against 1."""
    offices = sample_panel(SAMPLE).reps["office"].nunique()
    content = {"name": "Old", "measure": "sales", "treated": ["Ana Ruiz"], "start": "2025-01-01", "unit": "office"}
    save_trial(workspace_folder(), entry(), "old", parse_trial(content))
    app = press(opened("trials", data=SAMPLE, trial="old"), "Edit")
    n = app.number_input(key=f"trials.lots.n.{offices}")
    assert (n.value, n.max) == (offices // 2, offices - 1)


def test_names_are_kept_while_everybody_is_looked_at(opened: Open) -> None:
    content = {"name": "Old", "measure": "sales", "treated": ["Ana Ruiz"], "start": "2025-01-01"}
    save_trial(workspace_folder(), entry(), "old", parse_trial(content))
    app = press(opened("trials", data=SAMPLE, trial="old"), "Edit")
    names = field(app, "treated.names")
    app.multiselect(key=names).set_value(["Ana Ruiz", "Wei Zhang"]).run()
    way = field(app, "treated")
    for chosen in (card_words.EVERYBODY_CHANGES, card_words.BY_NAMES):
        app.segmented_control(key=way).set_value(chosen).run()
        assert not app.exception
    assert app.multiselect(key=names).value == ["Ana Ruiz", "Wei Zhang"]


def test_a_card_keeps_a_long_history(opened: Open) -> None:
    content = {"name": "Old", "measure": "sales", "treated": ["Ana Ruiz"], "start": "2025-01-01", "before": 365}
    save_trial(workspace_folder(), entry(), "old", parse_trial(content))
    app = press(opened("trials", data=SAMPLE, trial="old"), "Edit")
    assert app.number_input(key=field(app, "before")).value == 365


def test_a_library_that_cannot_be_read_leaves_the_card_open(home, monkeypatch) -> None:
    def gone(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    state: dict[str, object] = {}
    monkeypatch.setattr(changes.st, "session_state", state)
    monkeypatch.setattr(changes, "find_trial", gone)
    assert changes.saved_meanwhile(entry(), TrialCard(SAMPLE, "half", 1, "{}", "half", 1)) is None
    assert take_unsaved() == "Permission denied"


class Typed:
    """Fields of a card that somebody has filled in by group; remembers the labels that were shown."""

    def __init__(self) -> None:
        self.content: dict[str, Any] = {"treated": "`*office*` == 'Denver'"}
        self.names: dict[str, str] = {}
        self.labels: list[str] = []

    def pressed(self, field: str, options: Any, *more: Any, **kept: Any) -> str:
        return card_words.BY_GROUP if card_words.BY_GROUP in options else options[0]

    def select(self, field: str, options: list[str], *more: Any, **kept: Any) -> str:
        return options[0]

    def several(self, field: str, options: list[str], **kept: Any) -> list[str]:
        self.labels.append(kept["label"])
        return options[:1]


def test_the_name_of_a_group_is_no_markup() -> None:
    panel = sample_panel(SAMPLE)
    panel = replace(panel, reps=panel.reps.rename(columns={"office": "*office*"}))
    panel = replace(panel, reps=panel.reps[["rep", "*office*", "start", "end", "n_periods"]])
    typed = Typed()
    card_people.people_fields(panel, cast(CardFields, typed))
    assert typed.labels == [r"\*office\*"] * 2
