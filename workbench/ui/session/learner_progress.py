"""What the person at hand has predicted so far."""

from __future__ import annotations

from workbench.data.library.data_sets import workspace_folder
from workbench.learn.progress_store import LearnerProgress, read_progress
from workbench.ui.session.learner import current_learner
from workbench.ui.session.saving import saving


def progress_at_hand() -> LearnerProgress:
    """What is kept of this learner; nothing where the workspace cannot be read, which the page says."""
    with saving():
        return read_progress(workspace_folder(), current_learner())
    return LearnerProgress()
