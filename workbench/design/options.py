"""Store named designs of one data set, the options, in one file that only grows."""

from __future__ import annotations

import contextlib
import re
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field, ValidationError

from workbench.data.model.dataset import Model, read_json
from workbench.design import store
from workbench.design.model import Design
from workbench.errors import InputError
from workbench.problems import issues_from_validation

_DATA = re.compile(r"[\w-]+")
_TURN = threading.Lock()


class Option(Model):
    """A named design. ``design`` is its id in the store; ``deleted`` ones stay in the file and can be restored."""

    design: str = Field(pattern=r"^[0-9a-f]{12}$")
    name: str = Field(min_length=1)
    note: str = ""
    pinned: bool = False
    deleted: bool = False
    added: str = ""


class _Options(Model):
    options: tuple[Option, ...] = ()


def list_options(home: Path, data: str) -> tuple[Option, ...]:
    """List the options of a data set in the order in which they were saved, deleted ones included.

    Raises
    ------
    InputError
        When the file is damaged; it is then never overwritten.
    """
    path = _options_path(home, data)
    if path is None or not path.is_file():
        return ()
    try:
        return _Options.model_validate(read_json(path)).options
    except ValidationError as error:
        raise InputError(issues_from_validation(error, path.name)) from None


def save_option(home: Path, data: str, design: Design, name: str, note: str = "") -> Option:
    """Save a design under a name; the same design again gets the new name and note, and is restored if deleted.

    Raises
    ------
    InputError
        When the file of options was damaged.
    """
    made = Option(design=store.save_design(home / "designs", design), name=name, note=note,
                  added=datetime.now(UTC).isoformat())  # fmt: skip
    with _TURN:
        before = list_options(home, data)
        old = next((option for option in before if option.design == made.design), None)
        if old is None:
            _write_options(home, data, (*before, made))
            return made
        kept = old.model_copy(update={"name": name, "note": note, "deleted": False})
        _write_options(home, data, tuple(kept if option is old else option for option in before))
        return kept


def update_option(home: Path, data: str, design_id: str, **fields: bool | str) -> None:
    """Change some fields of one option (``pinned``, ``deleted``, ``name``, ``note``); an unknown one changes nothing.

    Raises
    ------
    InputError
        When the file of options was damaged.
    """
    with _TURN:
        before = list_options(home, data)
        after = tuple(
            Option.model_validate(dict(option) | fields) if option.design == design_id else option for option in before
        )
        if after != before:
            _write_options(home, data, after)


def copy_options(home: Path, data: str, other: str) -> None:
    """Copy the options of a data set to another one, such as its changed form, that has none of the same design.

    A damaged file of options is left where it is.
    """
    with _TURN, contextlib.suppress(InputError):
        own = list_options(home, other)
        known = {option.design for option in own}
        missing = tuple(option for option in list_options(home, data) if option.design not in known)
        if missing:
            _write_options(home, other, (*own, *missing))


def _options_path(home: Path, data: str) -> Path | None:
    return home / "options" / f"{data}.json" if _DATA.fullmatch(data) else None


def _write_options(home: Path, data: str, all_options: tuple[Option, ...]) -> None:
    """Write the options aside and move the file into place, so that no reader sees half a file."""
    path = _options_path(home, data)
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    content = _Options(options=all_options).model_dump_json(indent=2)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".new", delete=False, encoding="utf-8") as handle:
        handle.write(content)
    Path(handle.name).replace(path)
