"""House rules of the code. Each failure says what to do."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from tests.rooms import DOCUMENT, renewed
from tests.sources import ROOT, Source, sources

NOT_IN_PAGES = ("pandas", "numpy", "scipy", "altair", "sqlalchemy", "ibis", "duckdb", "statsmodels")
MAY_SHOW = ("workbench.ui", "pages", "streamlit_app")
MOST_LINES, MOST_LINES_OF_A_PAGE = 300, 120


def test_the_generator_of_samples_knows_nothing_of_the_workbench() -> None:
    reaching = [s.path for s in sources("sample_data") if any(m.split(".")[0] == "workbench" for m, _ in s.imports())]
    assert reaching == [], "a sample is data: the workbench reads it, it never asks the workbench"


def test_pages_leave_computing_and_drawing_to_the_floors_below() -> None:
    found = [
        f"{s.path} imports {m}" for s in sources("pages") for m, _ in s.imports() if m.split(".")[0] in NOT_IN_PAGES
    ]
    assert found == [], "a page is controls, one pure call, words, chart and table: move the computing down"


def test_only_ui_and_pages_show_anything() -> None:
    found = [
        source.path
        for source in sources()
        if any(module.split(".")[0] == "streamlit" for module, _ in source.imports())
        and not source.name.startswith(MAY_SHOW)
    ]
    assert found == [], "return values from here, and show them in workbench/ui/ or in a page"


def test_charts_are_shown_in_one_place() -> None:
    """Streamlit checks a chart against the grammar at every rerun, which a page cannot afford."""
    found = [source.path for source in sources() if "altair_chart(" in source.text]
    assert found == ["workbench/ui/widgets/picture.py"], "show it with show_chart()"


def test_pages_end_without_throwing_away_what_a_hand_did() -> None:
    """``st.stop`` drops the rerun that a dialog or another fragment asked for while the page was being drawn."""
    found = [source.path for source in sources() if "st.stop" + "()" in source.text]
    assert found == [], "end the page with end_page() of workbench/ui/widgets/parts.py"


def test_modules_and_pages_are_short() -> None:
    limit = {
        source.path: MOST_LINES_OF_A_PAGE if source.path.startswith("pages/") else MOST_LINES for source in sources()
    }
    long = [f"{s.path}: {s.n_lines} lines, at most {limit[s.path]}" for s in sources() if s.n_lines > limit[s.path]]
    assert long == [], "look for the second room inside"


def test_every_module_says_what_it_is_for() -> None:
    silent = [source.path for source in sources() if source.text.strip() and not source.says]
    assert silent == [], "begin the file with one sentence"


# The same type on purpose: a name here may be defined in several modules. None so far.
SAME_ON_PURPOSE: frozenset[str] = frozenset()


def types_of(tree: ast.Module) -> list[str]:
    """Public classes and type aliases at the top of a module: an alias is a capitalised name given a value."""
    assigned = [node.targets[0] for node in tree.body if isinstance(node, ast.Assign) and len(node.targets) == 1]
    assigned += [node.target for node in tree.body if isinstance(node, ast.AnnAssign)]
    aliases = [target.id for target in assigned if isinstance(target, ast.Name)]
    classes = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    return [name for name in classes + aliases if re.fullmatch(r"[A-Z]\w*[a-z]\w*", name)]


def test_classes_and_aliases_are_recognised_as_types() -> None:
    module = "class One: ...\nclass _Own: ...\nTwo = Literal['a']\nThree: TypeAlias = str\nMOST = 3\nlower = 4\n"
    assert types_of(ast.parse(module)) == ["One", "Two", "Three"]


def test_every_type_name_means_one_thing() -> None:
    places: dict[str, list[str]] = {}
    for source in sources("workbench"):
        for name in types_of(ast.parse(source.text)):
            places.setdefault(name, []).append(source.path)
    twice = {name: found for name, found in places.items() if len(found) > 1 and name not in SAME_ON_PURPOSE}
    assert twice == {}, "two types, two names: say of each what it is a type of, or define it once and import it"


# Where one name is right for several functions: the name, the beginning of the paths it may stand under, and why.
SAME_FUNCTION_NAME: tuple[tuple[str, str, str], ...] = (
    ("add_arguments", "workbench/cli/", "every command has it: see workbench/cli/commands.py"),
    ("run", "workbench/cli/", "every command has it: see workbench/cli/commands.py"),
    ("show", "workbench/cli/", "every command has it: see workbench/cli/commands.py"),
    ("check", "workbench/evidence/", "every check of the evidence has it: see workbench/evidence/report.py"),
    ("main", "workbench/", "where a program begins"),
    ("upgrade", "workbench/store/migrations/", "every step of the tables has it: Alembic calls it"),
    ("", "workbench/words/issues_", "sentences about problems are named by their code"),
)


def functions_of(tree: ast.Module) -> list[str]:
    """Public functions at the top of a module."""
    defined = [node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return [name for name in defined if not name.startswith("_")]


def test_public_functions_at_the_top_are_recognised() -> None:
    module = "def one(): ...\nasync def two(): ...\ndef _own(): ...\nclass A:\n    def three(self): ...\n"
    assert functions_of(ast.parse(module)) == ["one", "two"]


def test_every_function_name_means_one_thing() -> None:
    places: dict[str, list[str]] = {}
    for source in sources("workbench"):
        for name in functions_of(source.tree):
            if not any(source.path.startswith(at) and same in ("", name) for same, at, _ in SAME_FUNCTION_NAME):
                places.setdefault(name, []).append(source.path)
    twice = {name: found for name, found in places.items() if len(found) > 1}
    assert twice == {}, "two functions, two names: say of each what it does, or define it once and import it"


def test_nothing_swallows_every_error_or_silences_a_check() -> None:
    """Catching everything hides bugs as results; silenced checks and postponed work stay for ever."""
    marks = ("no" + "qa", "TO" + "DO", "FIX" + "ME", "type: " + "ignore")
    found = [f"{s.path}: {mark}" for s in sources() for mark in marks if mark in s.text]
    found += [f"{s.path}:{node.lineno}: catches everything" for s in sources() for node in _broad_catches(s)]
    assert found == []


BOUNDARIES = ("workbench/data/files/opening.py", "workbench/ui/shell/calm_page.py")
"""What a stranger's file does to a library, and what no page foresaw, ends here: both are logged and told."""


def _broad_catches(source: Source) -> list[ast.ExceptHandler]:
    handlers = [node for node in ast.walk(source.tree) if isinstance(node, ast.ExceptHandler)]
    broad = [h for h in handlers if h.type is None or getattr(h.type, "id", "") in ("Exception", "BaseException")]
    swallow = [h for h in broad if not (isinstance(h.body[-1], ast.Raise) and h.body[-1].exc is None)]
    return [] if source.path in BOUNDARIES else swallow


# Assertions that cannot fail in a way that tells anything.


def weak(function: ast.FunctionDef, helpers: frozenset[str] = frozenset()) -> list[str]:
    """What is weak about a test's assertions; empty when nothing is. ``helpers`` are functions that assert."""
    asserts = [node.test for node in ast.walk(function) if isinstance(node, ast.Assert)]
    found = [f"`assert {ast.unparse(test)}` says nothing of the value" for test in asserts if _says_nothing(test)]
    if asserts and all(_only_exists(test) for test in asserts):
        found.append("only asserts that something is not None")
    if not asserts and not _checks_otherwise(function, helpers):
        found.append("asserts nothing")
    return found


def _says_nothing(test: ast.expr) -> bool:
    return isinstance(test, (ast.Constant, ast.Name)) or (isinstance(test, ast.Tuple) and bool(test.elts))


def _only_exists(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.ops[0], ast.IsNot)
        and ast.unparse(test).endswith("is not None")
    )


def _checks_otherwise(function: ast.FunctionDef, helpers: frozenset[str]) -> bool:
    """``pytest.raises``, Playwright's ``expect``, a library's ``assert_…``, or a helper that asserts."""
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {getattr(func, "attr", getattr(func, "id", "")) for func in called}
    return bool(names & ({"raises", "warns", "expect", "fail"} | helpers)) or any(
        n.startswith("assert_") for n in names
    )


def _functions(source: Source) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef)]


def _asserting(functions: list[ast.FunctionDef]) -> frozenset[str]:
    """Names of the functions that assert, themselves or through another of them."""
    asserts = {f: any(isinstance(node, ast.Assert) for node in ast.walk(f)) for f in functions}
    known: frozenset[str] = frozenset()
    while known != (more := frozenset(f.name for f in functions if asserts[f] or _checks_otherwise(f, known))):
        known = more
    return known


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("assert True", "says nothing"),
        ("assert result", "says nothing"),
        ("assert (x == 1, 'always true')", "says nothing"),
        ("assert x is not None", "only asserts"),
        ("run()", "asserts nothing"),
    ],
)
def test_weak_assertions_are_recognised(body: str, complaint: str) -> None:
    (found,) = weak(ast.parse(f"def test_it():\n    {body}").body[0])
    assert complaint in found


@pytest.mark.parametrize(
    "body", ["assert x == 1", "assert x is not None; assert x.y == 2", "with pytest.raises(E): f()"]
)
def test_strong_assertions_pass(body: str) -> None:
    assert weak(ast.parse(f"def test_it():\n    {body}").body[0]) == []


def test_tests_can_fail() -> None:
    tests = {source: _functions(source) for source in sources("tests")}
    helpers = _asserting([function for functions in tests.values() for function in functions])
    found = [
        f"{source.path}:{function.lineno}: {why}"
        for source, functions in tests.items()
        for function in functions
        if function.name.startswith("test_")
        for why in weak(function, helpers)
    ]
    assert found == [], "assert the value"


def test_tests_wait_for_events_and_never_for_a_time() -> None:
    sleepers = [s.path for s in sources("tests") if "time." + "sleep(" in s.text or "wait_for_" + "timeout(" in s.text]
    assert sleepers == [], "wait for what is to appear"


def test_nothing_speaks_of_folders_outside_the_project() -> None:
    places = ("/" + "work/", "/" + "root/", "/" + "home/")
    documents = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")]
    texts = {s.path: s.text for s in (*sources(), *sources("tests"))} | {
        path.name: path.read_text(encoding="utf-8") for path in documents if path.exists()
    }
    assert [f"{path}: {place}" for path, text in texts.items() for place in places if place in text] == []


def test_the_document_lists_every_module_with_its_own_first_sentence() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == renewed(document), "run python -m tests.rooms"


def test_every_dependency_is_explained_in_the_document() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.match(r"[A-Za-z0-9.-]+", line)[0] for line in wanted}
    told = re.findall(r"^\| ([^|]+) \|", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    listed = {name for cell in told for name in re.split(r", ", cell.removeprefix("*tests:* "))}
    assert names - listed == set(), "say in ARCHITECTURE.md what it is for and why this one"
    assert listed - names - {"library", "---"} == set(), "ARCHITECTURE.md speaks of a library that is not used"


def test_every_file_the_documents_name_is_there() -> None:
    documents = [ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", ROOT / "README.md"]
    named = {name for path in documents for name in re.findall(r"`([\w/]+/\w+\.py)`", path.read_text(encoding="utf-8"))}
    assert sorted(n for n in named if not ((ROOT / n).exists() or (ROOT / "workbench" / n).exists())) == []
