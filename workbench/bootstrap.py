"""Set up the environment in .venv and run one task in it; standard library only, since nothing is installed yet.

python workbench/bootstrap.py setup | run | serve | test | test-long | mutants | fuzz | lint | bench | lock
"""

from __future__ import print_function

import argparse
import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python" + (".exe" if os.name == "nt" else ""))
SCRIPTS = os.path.join("workbench", "ui", "preview", "live_weights")
OLDEST = (3, 11)
TASKS = {
    "setup": "create .venv with everything the app needs",
    "run": "set up, then open the app in your browser",
    "serve": "set up, then share the app with other machines (--address, --port, --open)",
    "test": "set up with the test tools, then run every test",
    "test-long": "run every test with many more cases, drawn anew each time",
    "mutants": "break the core in small ways and see whether the tests notice",
    "fuzz": "throw strange input at all readers for ten minutes, or for as many seconds as are given",
    "lint": "check style and types",
    "bench": "measure speed against named alternatives",
    "lock": "recompile requirements.txt and requirements-dev.txt from pyproject.toml",
}


def say(text):
    print("> " + text)
    sys.stdout.flush()


def stop(text):
    sys.stderr.write("\n" + text + "\n")
    sys.exit(1)


def call(*command):
    return subprocess.call(list(command), cwd=ROOT)


def check_python():
    if sys.version_info[:2] < OLDEST:
        stop(
            "Python %d.%d is too old: the workbench needs Python %d.%d or newer.\n"
            "Install it from https://www.python.org/downloads/ and run this again,\n"
            "or name it: make run PYTHON=python3.12" % (sys.version_info[0], sys.version_info[1], OLDEST[0], OLDEST[1])
        )


def fingerprint(locks):
    digest = hashlib.sha256(sys.version.encode())
    for lock in locks:
        with open(os.path.join(ROOT, lock), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def setup(dev):
    """Make .venv match the lock files; does nothing when it already does."""
    locks = ["requirements.txt"] + (["requirements-dev.txt"] if dev else [])
    stamp = os.path.join(VENV, "installed-dev" if dev else "installed")
    wanted = fingerprint(locks)
    if os.path.exists(PYTHON) and os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == wanted:
                return
    if not os.path.exists(PYTHON):
        say("Creating the virtual environment in .venv")
        if call(sys.executable, "-m", "venv", VENV) != 0:
            stop(
                "The virtual environment could not be created.\nOn Debian or Ubuntu install the missing package with: "
                "sudo apt-get install python3-venv\nThen delete the folder .venv and run this again."
            )
    say("Installing %s (a minute or two the first time)" % " and ".join(locks))
    arguments = [item for lock in locks for item in ("-r", lock)]
    if call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments) != 0:
        stop(
            "Some packages could not be installed: the lines above say which.\n"
            "Check the internet connection (or your company's package index) and run this again; what is done is kept."
        )
    with open(stamp, "w") as file:
        file.write(wanted)
    say("The environment is ready")


def find_browser():
    code = "from tests.browser.chromium import find_browser; print(find_browser() or '')"
    return subprocess.run([PYTHON, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def run():
    setup(dev=False)
    say("Opening the workbench; press Ctrl+C here to stop it")
    try:
        return call(PYTHON, "-m", "streamlit", "run", "streamlit_app.py", *sys.argv[2:])
    except KeyboardInterrupt:
        return 0


def serve():
    """Share the app: with people who sign in, or with everybody where that is asked for in so many words."""
    parser = argparse.ArgumentParser(prog="make serve")
    parser.add_argument("--address", default="0.0.0.0", help="address to listen on (default: every one)")
    parser.add_argument("--port", default="8501")
    parser.add_argument("--open", action="store_true", help="without sign-in: everybody sees and changes everything")
    asked = parser.parse_args(sys.argv[2:])
    if not asked.open and not has_secret("rights", "admins", "role_claim") and has_secret("auth"):
        stop("Nobody would be an admin. Name one: admins under [rights] in .streamlit/secrets.toml (README, Sharing).")
    if not asked.open and not has_secret("auth"):
        stop(
            "Without sign-in, everybody who reaches this address would see and change everything.\n"
            "Set up sign-in: [auth] in .streamlit/secrets.toml (README, Sharing).\n"
            'Or say that this is meant: make serve ARGS="--open"'
        )
    setup(dev=False)
    os.environ["WORKBENCH_SHARED"] = "open" if asked.open else "sign-in"
    say("Sharing the workbench on port %s of %s; press Ctrl+C here to stop it" % (asked.port, asked.address))
    options = ["--server.address", asked.address, "--server.port", asked.port, "--server.headless", "true"]
    try:
        return call(PYTHON, "-m", "streamlit", "run", "streamlit_app.py", *options)
    except KeyboardInterrupt:
        return 0


def has_secret(section, *fields):
    """Whether the secrets have a section, with one of some fields, where Streamlit looks for them."""
    import tomllib

    for folder in (ROOT, os.path.expanduser("~")):
        path = os.path.join(folder, ".streamlit", "secrets.toml")
        if os.path.exists(path):
            with open(path, "rb") as file:
                try:
                    found = tomllib.load(file).get(section)
                    if found and (not fields or any(found.get(field) for field in fields)):
                        return True
                except tomllib.TOMLDecodeError:
                    stop("This is not valid TOML: %s" % path)
    return False


def at_once():
    """Options that spread the tests over the processors, file by file; what comes after them may say otherwise."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return ["-n", str(usable), "--dist", "loadfile"] if usable > 1 else []


def test():
    setup(dev=True)
    say(
        "Browser tests will drive %s" % find_browser()
        if find_browser()
        else "No Chromium or Chrome found: the browser tests will be skipped and say so"
    )
    return call(PYTHON, "-m", "pytest", *(at_once() + sys.argv[2:]))


def test_long():
    os.environ["WORKBENCH_TESTS"] = "long"
    return test()


def mutants():
    setup(dev=True)
    return call(PYTHON, "-m", "tests.mutants", *sys.argv[2:])


def fuzz():
    setup(dev=True)
    return call(PYTHON, "-m", "tests.fuzz", *sys.argv[2:])


def lint():
    setup(dev=True)
    return (
        call(PYTHON, "-m", "ruff", "check", ".")
        or call(PYTHON, "-m", "ruff", "format", "--check", "--quiet", ".")
        or call(PYTHON, "-m", "mypy")
        or lint_scripts()
    )


def lint_scripts():
    """Style of the browser component's JavaScript; its tool is built for Linux on x86-64 only, as CI is."""
    biome = os.path.join(os.path.dirname(PYTHON), "biome")
    if not os.path.exists(biome):
        say("Not checked here: the style of the JavaScript, since its checker is not built for this platform")
        return 1 if os.environ.get("CI") else 0
    return call(biome, "check", "--error-on-warnings", SCRIPTS)


def bench():
    setup(dev=True)
    return call(PYTHON, "-m", "benchmarks", *sys.argv[2:])


def lock():
    setup(dev=True)
    compile_ = [
        PYTHON,
        "-m",
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--custom-compile-command",
        "make lock",
        "pyproject.toml",
    ]
    for_app = ["-o", "requirements.txt"]
    for_developers = ["--group", "dev", "-o", "requirements-dev.txt"]
    return call(*(compile_ + for_app)) or call(*(compile_ + for_developers))


def main():
    task = sys.argv[1] if len(sys.argv) > 1 else ""
    if task not in TASKS:
        print("Tasks (python workbench/bootstrap.py TASK, or make TASK):")
        for name in TASKS:
            print("  %-9s %s" % (name, TASKS[name]))
        sys.exit(0 if not task else 2)
    check_python()
    if task == "setup":
        setup(dev=True)
        sys.exit(0)
    by_name = {
        "run": run,
        "serve": serve,
        "test": test,
        "test-long": test_long,
        "mutants": mutants,
        "fuzz": fuzz,
        "lint": lint,
        "bench": bench,
    }
    sys.exit(dict(by_name, lock=lock)[task]())


if __name__ == "__main__":
    main()
