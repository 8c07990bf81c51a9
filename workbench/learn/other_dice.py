"""The same story with other dice: other people in the parts and other numbers, the same answers planted."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from types import ModuleType

from sample_data import STORIES, write
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.library.data_sets import DataSetEntry, add_data_set, find_data_set
from workbench.data.library.safe_names import SPEC_ENDING
from workbench.data.model.dataset import load_dataset
from workbench.design.model import load_design
from workbench.learn.answers import holds
from workbench.learn.lesson import LessonPlan, load_lesson
from workbench.learn.lesson_data import LessonData
from workbench.learn.truth_file import find_truth
from workbench.phases.phase_file import load_phases
from workbench.phases.phase_library import ENDING as PHASE_ENDING
from workbench.phases.phase_library import save_phase_file
from workbench.rights.acting import as_server
from workbench.rights.may import EVERYBODY
from workbench.store.kinds import DATA_SET, DICE, PHASES, TRIAL
from workbench.store.opening import reading, writing
from workbench.trials.trial_file import load_trial
from workbench.trials.trial_library import TRIAL_ENDING, save_trial

SEED = re.compile(r"[1-9][0-9]{0,5}")
THROWS = 20
"""Throws tried until every answer is the planted one."""


def find_story(slug: str) -> ModuleType | None:
    """The sample of a name; None where no sample is called so."""
    return next((story for story in STORIES if slug == story.SLUG), None)


def throw_dice(home: Path, slug: str, seed: str) -> DataSetEntry:
    """The data set of a story under a seed, made the first time; the same seed gives the same everywhere.

    Throws in which chance hid what was planted are left out: every computed answer is the one that was planted.

    Raises
    ------
    LookupError
        No such story, or no seed of one to six digits.
    InputError, OSError
        Where it cannot be stored.
    """
    story = find_story(slug)
    if story is None or not SEED.fullmatch(seed):
        raise LookupError(f"{slug!r} is no story, or {seed!r} is no seed")
    with reading(home) as store:
        thrown = store.find(DICE, "", f"{slug}-{seed}")
    known = find_data_set(home, json.loads(thrown.version.content)) if thrown and thrown.version else None
    if known is not None:
        return known
    with tempfile.TemporaryDirectory() as scratch, as_server():  # made up, so it is nobody's and everybody's
        write_thrown(Path(scratch), slug, seed)
        entry = _store(home, Path(scratch), slug, seed)
        with writing(home) as store:
            store.share(DATA_SET, entry.id, "", EVERYBODY)
            store.share(PHASES, entry.id, "", EVERYBODY)
            store.share(TRIAL, entry.id, slug, EVERYBODY)
            store.save(DICE, "", f"{slug}-{seed}", json.dumps(entry.id))
    return find_data_set(home, entry.id) or entry


def write_thrown(folder: Path, slug: str, seed: str) -> list[str]:
    """Write the files of a story under a seed: the first throw whose computed answers are the planted ones.

    Returns their names, sorted. Raises LookupError as ``throw_dice``, and OSError where nothing can be written.
    """
    return _first_told(folder, slug, seed)[0]


def tell_thrown(folder: Path, slug: str, seed: str) -> tuple[LessonData, LessonPlan]:
    """Write the files of a story under a seed and read them, which throwing them has done. Raises as the former."""
    return _first_told(folder, slug, seed)[1]


def _first_told(folder: Path, slug: str, seed: str) -> tuple[list[str], tuple[LessonData, LessonPlan]]:
    story = find_story(slug)
    if story is None or not SEED.fullmatch(seed):
        raise LookupError(f"{slug!r} is no story, or {seed!r} is no seed")
    for throw in range(THROWS):
        names = write(story, folder, f"throw {seed}" + (f" again {throw}" if throw else ""))
        read = read_story(folder, slug)
        if holds(*read):
            return names, read
    raise LookupError(f"{THROWS} throws of {slug} hid what was planted")


def read_story(folder: Path, slug: str) -> tuple[LessonData, LessonPlan]:
    """The files of a story in a folder, and its lesson. Raises LookupError without one, InputError for bad files."""
    truth = find_truth(folder)
    plan = load_lesson(slug, truth.months_on) if truth else None
    if truth is None or plan is None:
        raise LookupError(f"{slug} has no lesson")
    dataset, phases = load_dataset(folder / f"{slug}{SPEC_ENDING}"), folder / f"{slug}{PHASE_ENDING}"
    data = LessonData(build_panel(dataset, folder), load_design(folder / f"{slug}.design.json"), truth, dataset, folder,
                      load_phases(phases) if phases.is_file() else None)  # fmt: skip
    return data, plan


def _store(home: Path, folder: Path, slug: str, seed: str) -> DataSetEntry:
    spec = folder / f"{slug}{SPEC_ENDING}"
    content = json.loads(spec.read_text("utf-8"))
    spec.write_text(json.dumps(content | {"name": f"{content['name']}, dice {seed}"}), encoding="utf-8")
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != spec.name}
    entry = add_data_set(home, load_dataset(spec), files)
    phases = folder / f"{slug}{PHASE_ENDING}"
    if phases.is_file():
        save_phase_file(home, entry, load_phases(phases))
    trial = folder / f"{slug}{TRIAL_ENDING}"
    if trial.is_file():
        save_trial(home, entry, slug, load_trial(trial))
    return entry
