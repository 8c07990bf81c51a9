"""Pages say what is in question without a visit to Integrity: the checks look in the background."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator

import pytest

from tests.sample_panels import sample_panel, sample_suspects
from tests.ui.conftest import Open
from tests.ui.test_integrity import shown
from workbench.data.aggregate.build_panel import Progress
from workbench.data.model.build_step import BuildStep
from workbench.errors import InputError, Where, refused
from workbench.ui.session import cached_integrity
from workbench.ui.session.background_work import BackgroundWork
from workbench.ui.session.cached_integrity import look_ahead

SAMPLE = "dials-floor"
IN_QUESTION = re.compile(r"\d+% of the activity behind Dials is in question")
STEP = BuildStep("check", "calls", 1)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Iterator[BackgroundWork]:
    """A worker of its own, nothing known yet, and visits that look ahead."""
    worker = BackgroundWork()
    known = cached_integrity._counts().kept.copy()
    cached_integrity._counts().kept.clear()
    monkeypatch.setattr(cached_integrity, "background", lambda: worker)
    monkeypatch.setattr(cached_integrity, "look_ahead", look_ahead)
    yield worker
    worker.pool.shutdown()
    cached_integrity._counts().kept.update(known)


@pytest.mark.parametrize("page", ["kpis", "preview", "evidence"])
def test_the_warning_comes_without_a_visit_to_integrity(opened: Open, ahead: BackgroundWork, page: str) -> None:
    may_look = threading.Event()

    def look_when_allowed(*args: object, **options: object):
        assert may_look.wait(60)
        return sample_suspects(SAMPLE)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cached_integrity, "count_suspects", look_when_allowed)
        app = opened(page, data=SAMPLE)  # the page stands while the checks have not even begun
        assert not app.exception
        assert not IN_QUESTION.search(shown(app))
        may_look.set()
        assert ahead.finish(sample_panel(SAMPLE).key, lambda share, step: None)
    app.run()
    assert not app.exception
    assert len(IN_QUESTION.findall(shown(app))) == (2 if page == "preview" else 1)  # of the design, and on the card


def test_integrity_takes_over_what_has_begun(opened: Open, ahead: BackgroundWork) -> None:
    begun = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            cached_integrity, "count_suspects", lambda *args, **options: begun.append(1) or sample_suspects(SAMPLE)
        )
        opened("goal", data=SAMPLE)
        app = opened("integrity", data=SAMPLE)
    assert "8 of 24 reps are worth a conversation" in app.header[0].value
    assert begun == [1]


def test_work_begins_once_and_its_progress_is_told() -> None:
    worker, runs, may_end, begun = BackgroundWork(), [], threading.Event(), threading.Event()

    def work(tell: Progress) -> None:
        runs.append(1)
        tell(0.5, STEP)
        begun.set()
        assert may_end.wait(60)

    worker.begin("one", work)
    worker.begin("one", work)
    assert begun.wait(60)
    told = []

    def advance(share: float, step: BuildStep) -> None:
        told.append((share, step))
        may_end.set()

    assert worker.finish("one", advance)
    assert (runs, told[0]) == ([1], (0.5, STEP))
    begun.clear()
    worker.begin("one", work)  # its result may be forgotten by now
    assert begun.wait(60)
    assert worker.finish("one", advance)
    assert runs == [1, 1]


def test_work_that_waits_in_line_is_done_by_whoever_needs_it() -> None:
    worker, may_end, runs = BackgroundWork(), threading.Event(), []
    worker.begin("long", lambda tell: runs.append(may_end.wait(60)))
    worker.begin("short", lambda tell: runs.append("short"))
    assert worker.finish("short", lambda share, step: None) is False
    assert worker.finish("unknown", lambda share, step: None) is False
    may_end.set()
    worker.pool.shutdown()
    assert runs == [True]


def test_a_failure_is_told_to_whoever_waits_and_not_repeated(caplog: pytest.LogCaptureFixture) -> None:
    worker, runs, begun, may_end = BackgroundWork(), [], threading.Event(), threading.Event()

    def work(tell: Progress) -> None:
        runs.append(1)
        begun.set()
        assert may_end.wait(60)
        raise refused("no_file", Where(file="calls.csv"))

    worker.begin("one", work)
    with caplog.at_level(logging.WARNING):
        assert begun.wait(60)
        may_end.set()
        with pytest.raises(InputError):
            worker.finish("one", lambda share, step: None)
    worker.begin("one", work)
    worker.pool.shutdown()
    assert runs == [1]
    assert "Work in the background failed" in caplog.text
