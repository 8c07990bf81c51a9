"""Store named designs of one data set, the options; every change of one is a version of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field, ValidationError

from workbench.data.model.dataset import Model, parse_json
from workbench.design import store
from workbench.design.model import Design
from workbench.errors import InputError
from workbench.problems import issues_from_validation
from workbench.store.document_rows import StoredDocument
from workbench.store.documents import DocumentReader
from workbench.store.kinds import OPTION
from workbench.store.opening import reading, writing

_DATA = re.compile(r"[\w-]+")


class Option(Model):
    """A named design. ``design`` is its id in the store; ``deleted`` ones can be restored for 30 days."""

    design: str = Field(pattern=r"^[0-9a-f]{12}$")
    name: str = Field(min_length=1)
    note: str = ""
    pinned: bool = False
    deleted: bool = False
    deleted_at: str | None = None
    added: str = ""


def list_options(home: Path, data: str) -> tuple[Option, ...]:
    """List the options of a data set in the order in which they were saved, deleted ones included.

    Raises
    ------
    InputError
        When one is damaged; it is then never overwritten.
    OSError
        When the store cannot be read now.
    """
    with reading(home) as kept:
        return _options(kept, data)


def save_option(home: Path, data: str, design: Design, name: str, note: str = "") -> Option:
    """Save a design under a name; the same design again gets the new name and note, and is restored if deleted.

    Raises
    ------
    InputError
        When an option of this data set was damaged.
    OSError
        When nothing can be written.
    """
    made = Option(design=store.design_id(design), name=name, note=note, added=datetime.now(UTC).isoformat())
    if not _DATA.fullmatch(data):
        return made
    with writing(home) as kept:
        store.save_design(home, design)
        old = next((option for option in _options(kept, data) if option.design == made.design), None)
        saved = (
            old.model_copy(update={"name": name, "note": note, "deleted": False, "deleted_at": None}) if old else made
        )
        kept.save(OPTION, data, saved.design, _content(saved), note=note)
    return saved


def update_option(home: Path, data: str, design_id: str, **fields: bool | str) -> None:
    """Change some fields of one option (``pinned``, ``deleted``, ``name``, ``note``); an unknown one changes nothing.

    Raises
    ------
    InputError
        When an option of this data set was damaged.
    OSError
        When nothing can be written.
    """
    with writing(home) as kept:
        before = next((each for each in _options(kept, data) if each.design == design_id), None)
        if before is None:
            return
        after = Option.model_validate(dict(before) | fields)
        if _content(after) != _content(before):
            kept.save(OPTION, data, design_id, _content(after), note=after.note)
        if after.deleted:
            kept.delete(OPTION, data, design_id)
        elif before.deleted:
            kept.restore(OPTION, data, design_id)


def copy_options(home: Path, data: str, other: str) -> None:
    """Copy the options of a data set to another one, such as its changed form, that has none of the same design.

    Damaged ones are copied as they are. Raises OSError where nothing can be written.
    """
    with writing(home) as kept:
        known = {each.key for each in kept.list(OPTION, other)}
        for each in kept.list(OPTION, data):
            if each.key not in known and each.version is not None:
                kept.save(OPTION, other, each.key, each.version.content, note=each.version.note,
                          author=each.version.author)  # fmt: skip
                if each.deleted_at is not None:
                    kept.delete(OPTION, other, each.key, at=each.deleted_at)


def _options(kept: DocumentReader, data: str) -> tuple[Option, ...]:
    return tuple(_option(each) for each in kept.list(OPTION, data) if not each.is_erased)


def _option(stored: StoredDocument) -> Option:
    content = parse_json(stored.version.content.encode() if stored.version else b"", stored.key)
    try:
        gone = stored.deleted_at
        return Option.model_validate(content | {"deleted": gone is not None, "deleted_at": gone})
    except ValidationError as error:
        raise InputError(issues_from_validation(error, stored.key)) from None


def _content(option: Option) -> str:
    return option.model_dump_json(exclude={"deleted", "deleted_at"})
