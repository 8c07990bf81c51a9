"""The app as a visitor finds it, started from its frame, with a workspace of its own."""

from __future__ import annotations

import csv
import functools
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.testing.v1.element_tree import Button
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from tests.ui.shared_work import RIGHTS, Enter, add_secret_work
from workbench.data.library import data_sets as library
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.rights.person import Person
from workbench.ui.session import signed_in

ROOT = Path(__file__).resolve().parents[2]
FRAME = ROOT / "workbench" / "ui" / "shell" / "frame.py"
SECONDS = 120

Open = Callable[..., AppTest]


def label_of(button: Button) -> str:
    """A button's words, without the escapes of markdown and the colour of a primary button."""
    return re.sub(r"^:violet\[(.*)\]$", r"\1", button.label.replace("\\", ""))


@pytest.fixture(scope="session", autouse=True)
def samples_in_pages(pages_build_samples_once: None) -> None:
    """A visit would build the sample's panel again in every process, for seconds."""


@pytest.fixture(scope="session", autouse=True)
def nothing_ahead() -> Iterator[None]:
    """No visit begins to look for suspect events in the background; that it does has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.ui.session.cached_integrity.look_ahead", lambda entry, panel: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_process_waits() -> Iterator[None]:
    """A server starts a process that reads files before anybody brings one; a visit here starts it when it must."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.data.files.reading_processes.ReadingProcesses.warm", lambda self: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def packages_scanned_once() -> Iterator[None]:
    """A server looks once for components in what is installed; every visit here would look again, for 0.3 s."""
    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session", autouse=True)
def scripts_run_like_a_servers() -> Iterator[None]:
    """A server compiles each page once, and sleeps until a page is done; a visit here would look a thousand times a
    second whether it is, and take the processor from it."""
    poll = local_script_runner.require_widgets_deltas

    def wait(runner: LocalScriptRunner, timeout: float) -> None:
        runner._script_thread.join(timeout)
        poll(runner, timeout if runner.script_stopped() else 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        patch.setattr(local_script_runner, "ScriptCache", functools.cache(local_script_runner.ScriptCache))
        yield


@pytest.fixture(scope="session", autouse=True)
def callbacks_draw_only_notices() -> Iterator[None]:
    """What a callback draws is where a second click breaks it off, before it has kept what it was to keep."""
    enqueue = ScriptRunContext.enqueue

    def watched(context: ScriptRunContext, message: ForwardMsg) -> None:
        drawn = message.delta.new_element.WhichOneof("type") if message.WhichOneof("type") == "delta" else None
        assert context.has_script_started or drawn in (None, "toast"), f"a callback draws: {drawn}"
        enqueue(context, message)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptRunContext, "enqueue", watched)
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def opened(home: Path) -> Open:
    """Opens a page of the app by a link, without going past the start: ``opened("data", data="dials-floor")``."""

    def visit(page: str, **link: str) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=SECONDS)
        app.query_params.update(link)
        if page != "start":
            app.switch_page(f"../../../pages/{page}.py")
        return app.run()

    return visit


@pytest.fixture
def enter(monkeypatch: pytest.MonkeyPatch) -> Enter:
    """Signs somebody in, as the provider tells it."""
    monkeypatch.setenv(signed_in.SETTING, signed_in.SIGN_IN)
    monkeypatch.setattr(signed_in, "_secret", lambda section: RIGHTS)

    def sign_in(person: Person) -> None:
        claims = {"is_logged_in": True, "name": person.name, "email": person.id, "iat": 1}
        monkeypatch.setattr("streamlit.user_info._get_user_info", lambda: claims)

    return sign_in


@pytest.fixture
def secret(home: Path) -> str:
    """Id of a data set of Ana's with a design and an option, all private."""
    return add_secret_work(home)


@pytest.fixture
def uploaded(home: Path, tmp_path: Path) -> str:
    """Id of a small data set that somebody uploaded: deals of six reps over eight months."""
    path = tmp_path / "deals.csv"
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines)
        writer.writerow(["owner", "closed", "stage", "value"])
        for month in range(1, 9):
            for rep in ("Ana", "Ben", "Cleo", "Dan", "Eve", "Finn"):
                for _ in range(chance.randint(2, 6)):
                    stage = chance.choice(["Won", "Lost"])
                    writer.writerow([rep, f"2026-{month:02}-{chance.randint(1, 28):02}", stage, chance.randint(1, 900)])
    measures = (
        Measure(name="deals", label="Deals"),
        Measure(name="sales", aggregate="sum", column="value", where="stage == 'Won'", unit="USD", label="Sales"),
    )
    source = Source(name="deals", location="deals.csv", rep="owner", date="closed", measures=measures)
    return library.add_data_set(home, DataSet(name="Our deals", sources=(source,)), {"deals.csv": path}).id
