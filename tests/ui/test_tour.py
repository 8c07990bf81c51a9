"""The tour of a minute on Start: offered once, five stops, and never again unasked."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.sample_panels import sample_panel
from tests.ui.conftest import Open, label_of
from tests.ui.test_hidden_names import everything_sent
from workbench.data.library.data_sets import workspace_folder
from workbench.learn.progress_store import read_progress
from workbench.words import tour as words


def shown(app: AppTest) -> str:
    return "\n".join(each.value for kind in (app.header, app.caption, app.markdown) for each in kind)


def labels(app: AppTest) -> list[str]:
    return [label_of(button) for button in app.button]


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if label_of(button) == label).click()
    return app.run()


def test_the_tour_has_five_stops_forward_and_back(opened: Open) -> None:
    app = press(opened("start"), words.START)
    for at, stop in enumerate(words.STOPS):
        assert not app.exception
        assert stop in shown(app)
        assert words.stop_place(at) in shown(app)
        assert len(stop.split()) <= 20
        if at + 1 < len(words.STOPS):
            press(app, words.NEXT)
    press(app, words.BACK)
    assert words.STOPS[-2] in shown(app)
    press(app, words.CLOSE)
    assert words.STOPS[-2] not in shown(app)


def test_whoever_took_or_declined_the_tour_is_not_offered_it_again(opened: Open) -> None:
    app = opened("start")
    assert words.STOPS[0] not in shown(app)
    press(app, words.SKIP)
    assert words.START not in labels(app)
    assert words.STOPS[0] not in shown(app)
    learner = app.session_state["context.learner"]
    assert read_progress(workspace_folder(), learner).tour_seen is True
    later = opened("start")
    assert words.START in labels(later)  # another browser
    assert words.AGAIN not in labels(later)
    later.session_state["context.learner"] = learner
    later.run()
    assert words.START not in labels(later)
    press(later, words.AGAIN)
    assert words.STOPS[0] in shown(later)


def test_hidden_names_are_hidden_in_the_tour(opened: Open) -> None:
    app = opened("start", names="hidden")
    press(app, words.START)
    press(app, words.NEXT)
    sent = b"\n".join(everything_sent(app._tree))
    assert [rep for rep in sample_panel("dials-floor").reps["rep"] if rep.encode() in sent] == []
