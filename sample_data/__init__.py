"""Four invented sales teams with planted truths, made by a seeded generator.

``STORIES`` names them all. ``sample_data/<slug>/`` holds each story as it stands in git: the data files as
``make(story)`` writes them, with the data set file, the design file, the phase file of calls or the trial file where a
story has one, and the truth (see ``sample_data.truth``). ``python -m sample_data`` writes them anew; the same code
gives the same files everywhere.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from sample_data import files
from sample_data.dice import thrown
from sample_data.other_months import months_on, move_papers
from sample_data.other_names import other_names, rename_reps
from sample_data.stories import conversation, dials_floor, many_ways, quotes_desk

FOLDER = Path(__file__).parent
STORIES: tuple[ModuleType, ...] = (dials_floor, quotes_desk, many_ways, conversation)
PAPERS = ("dataset", "design", "phases", "trial")  # written by hand, beside the data; not every story has all


def make(story: ModuleType, throw: str = "") -> dict[str, bytes]:
    """Every file of a story by name: data, data set file, design file, truth.

    With a ``throw`` the dice fall in another way, the parts are played by people of other names, and it happens in
    other months.
    """
    papers = [FOLDER / story.SLUG / f"{story.SLUG}.{paper}.json" for paper in PAPERS]
    with thrown(throw):
        data, months = story.make(), months_on(story.SLUG)
    truth = story.truth()
    made = {
        **data,
        **{paper.name: paper.read_bytes().replace(b"\r\n", b"\n") for paper in papers if paper.is_file()},
        f"{story.SLUG}.truth.json": files.to_json(truth.as_json() | {"months_on": months}),
    }
    if not throw:
        return made
    return rename_reps(move_papers(made, months), other_names([rep.rep for rep in truth.reps], throw))


def write(story: ModuleType, folder: Path, throw: str = "") -> list[str]:
    """Write a story's files into a folder, made when missing. Returns their names, sorted."""
    made = make(story, throw)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return sorted(made)
