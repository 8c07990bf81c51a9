"""The two commands, the locks and the theme hold together."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from workbench import bootstrap
from workbench.charts import palette
from workbench.ui.widgets.parts import primary_label, quiet_label

ROOT = Path(__file__).resolve().parents[1]


def locked(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / name).read_text(), flags=re.MULTILINE))


def named(requirements: list[str]) -> set[str]:
    return {re.match(r"[A-Za-z0-9.-]+", line)[0].lower() for line in requirements}


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    app, dev = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    assert named(app) <= locked("requirements.txt")
    assert named(app) | named(dev) <= locked("requirements-dev.txt")


def test_both_locks_agree_on_every_version():
    pins = [dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / name).read_text(), flags=re.MULTILINE))
            for name in ("requirements.txt", "requirements-dev.txt")]  # fmt: skip
    assert {name: version for name, version in pins[1].items() if name in pins[0]} == pins[0]


@pytest.mark.parametrize("version", [(3, 10, 13), (2, 7, 18)])
def test_an_old_python_is_told_what_to_install(monkeypatch, capsys, version):
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.check_python()
    assert stopped.value.code == 1
    message = capsys.readouterr().err
    assert f"Python {version[0]}.{version[1]} is too old" in message
    assert "3.11 or newer" in message


def test_bootstrap_is_read_by_an_old_python():
    """Syntax of the last ten years would hide the message above behind a SyntaxError."""
    source = (ROOT / "workbench" / "bootstrap.py").read_bytes().decode("ascii")
    new_syntax = re.findall(r"(?:\bf\"|\bf'|:=|\bmatch \w+:|-> )", source)
    assert new_syntax == []


def test_bootstrap_lists_its_tasks_without_an_argument():
    done = subprocess.run([sys.executable, str(ROOT / "workbench" / "bootstrap.py")], capture_output=True, text=True)
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == list(bootstrap.TASKS)


@pytest.mark.parametrize(("processors", "options"), [(1, []), (4, ["-n", "4", "--dist", "loadfile"])])
def test_tests_use_every_processor(monkeypatch, processors, options):
    monkeypatch.setattr(bootstrap.os, "sched_getaffinity", lambda process: set(range(processors)), raising=False)
    assert bootstrap.at_once() == options


def test_a_second_setup_does_nothing(monkeypatch, tmp_path):
    (tmp_path / "requirements.txt").write_text("anything")
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path))
    monkeypatch.setattr(bootstrap, "PYTHON", sys.executable)
    calls = []
    monkeypatch.setattr(bootstrap, "call", lambda *command: calls.append(command) or 0)
    bootstrap.setup(dev=False)
    assert len(calls) == 1
    bootstrap.setup(dev=False)
    assert len(calls) == 1


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_lint_says_that_scripts_were_left_out_and_in_ci_that_is_a_failure(monkeypatch, capsys, tmp_path, ci, code):
    monkeypatch.setattr(bootstrap, "PYTHON", str(tmp_path / "python"))
    monkeypatch.setenv("CI", ci)
    assert bootstrap.lint_scripts() == code
    assert "Not checked here: the style of the JavaScript" in capsys.readouterr().out


def test_lint_checks_style_types_and_scripts_and_stops_at_the_first_fault(monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr(bootstrap, "setup", lambda dev: None)
    monkeypatch.setattr(bootstrap, "PYTHON", str(tmp_path / "python"))
    (tmp_path / "biome").write_text("")
    monkeypatch.setattr(bootstrap, "call", lambda *command: calls.append(Path(command[0]).name + command[1]) or 0)
    bootstrap.lint()
    assert calls == ["python-m", "python-m", "python-m", "biomecheck"]
    monkeypatch.setattr(bootstrap, "call", lambda *command: int("mypy" in command))
    assert bootstrap.lint() == 1


def test_the_theme_shows_the_palette():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    assert tuple(theme["chartCategoricalColors"]) == palette.KPI_COLOURS


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_kpi_colour_stands_out_from_the_background(mode):
    """2:1 keeps a bar visible; WCAG asks 3:1 of graphics, which every colour but the light ones also meets."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    background = theme[mode]["backgroundColor"]
    assert min(_contrast(colour, background) for colour in palette.KPI_COLOURS) >= 2


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_words_of_primary_buttons_can_be_read(mode):
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"][mode]
    assert primary_label("Save") == ":violet[Save]"
    assert _contrast(theme["violetTextColor"], theme["primaryColor"]) >= 4.5
    assert quiet_label("Why") == ":yellow[Why]"
    assert theme["yellowTextColor"] == theme["textColor"]


@pytest.fixture
def serving(monkeypatch, tmp_path):
    """Commands that ``make serve`` would run, in an empty project and home."""
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap.os.path, "expanduser", lambda path: str(tmp_path / "home"))
    monkeypatch.setattr(bootstrap, "setup", lambda dev: None)
    monkeypatch.setenv("WORKBENCH_SHARED", "")
    calls = []
    monkeypatch.setattr(bootstrap, "call", lambda *command: calls.append(command) or 0)

    def serve(*arguments):
        monkeypatch.setattr(sys, "argv", ["bootstrap.py", "serve", *arguments])
        bootstrap.serve()
        return " ".join(calls[-1])

    return serve


def test_without_sign_in_the_app_is_shared_only_where_that_is_said(serving, capsys):
    with pytest.raises(SystemExit):
        serving()
    assert "--open" in capsys.readouterr().err
    said = serving("--open", "--port", "8080", "--address", "10.0.0.5")
    assert "--server.address 10.0.0.5 --server.port 8080" in said
    assert bootstrap.os.environ["WORKBENCH_SHARED"] == "open"


def test_the_task_refuses_as_a_command_too(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    command = [sys.executable, str(ROOT / "workbench" / "bootstrap.py"), "serve"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "everybody who reaches this address would see and change everything" in done.stderr


@pytest.mark.parametrize("folder", [".", "home"])
def test_with_sign_in_the_app_is_shared_with_those_who_sign_in(serving, tmp_path, capsys, folder):
    secrets = tmp_path / folder / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir(parents=True)
    secrets.write_text('[connections.warehouse]\nurl = "duckdb://x"\n')
    with pytest.raises(SystemExit):
        serving()
    secrets.write_text('[auth]\nclient_id = "x"\n')
    with pytest.raises(SystemExit):
        serving()
    assert "admin" in capsys.readouterr().err, "nobody could give anybody a right"
    secrets.write_text('[auth]\nclient_id = "x"\n[rights]\nadmins = ["ana@example.com"]\n')
    assert "--server.address 0.0.0.0 --server.port 8501" in serving()
    assert bootstrap.os.environ["WORKBENCH_SHARED"] == "sign-in"


def test_the_app_listens_on_this_machine_unless_told_otherwise():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["server"]["address"] == "localhost"


def test_sign_in_is_imported_without_a_warning() -> None:
    """Authlib asks the provider by httpx where httpx2 is missing, and says at every start that this will end."""
    done = subprocess.run([sys.executable, "-c", "from authlib.integrations.starlette_client import OAuth"],
                          capture_output=True, text=True, timeout=60)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
