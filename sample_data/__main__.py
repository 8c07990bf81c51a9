"""Write every story, or those named, into its folder here: ``python -m sample_data [SLUG …]``."""

from __future__ import annotations

import sys

from sample_data import FOLDER, STORIES, write

for story in STORIES:
    if len(sys.argv) == 1 or story.SLUG in sys.argv[1:]:
        names = write(story, FOLDER / story.SLUG)
        sys.stderr.write(f"{story.SLUG}: {', '.join(names)}\n")
