"""Four invented sales teams with planted truths, made by a seeded generator.

``STORIES`` names them all. ``sample_data/<slug>/`` holds each story as it stands in git: the data files as
``make(story)`` writes them, with the data set file, the design file and ``<slug>.truth.json`` (see
``sample_data.truth``). ``python -m sample_data`` writes them anew; the same code gives the same files everywhere.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from sample_data import files
from sample_data.stories import conversation, dials_floor, many_ways, quotes_desk

FOLDER = Path(__file__).parent
STORIES: tuple[ModuleType, ...] = (dials_floor, quotes_desk, many_ways, conversation)
PAPERS = ("dataset", "design")  # written by hand, beside the data


def make(story: ModuleType) -> dict[str, bytes]:
    """Every file of a story by name: data, data set file, design file, truth."""
    papers = [f"{story.SLUG}.{paper}.json" for paper in PAPERS]
    return {
        **story.make(),
        **{name: (FOLDER / story.SLUG / name).read_bytes().replace(b"\r\n", b"\n") for name in papers},
        f"{story.SLUG}.truth.json": files.to_json(story.truth().as_json()),
    }


def write(story: ModuleType, folder: Path) -> list[str]:
    """Write a story's files into a folder, made when missing. Returns their names, sorted."""
    made = make(story)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return sorted(made)
