"""Carry what was saved with a data set to another one made from it: options, designs, trials, records."""

from __future__ import annotations

from workbench.data.library.data_sets import find_data_set, workspace_folder
from workbench.design.decisions import copy_decisions
from workbench.design.options import copy_options
from workbench.design.shelf import copy_shelf
from workbench.phases.coaching_record import copy_coaching
from workbench.store.documents import DocumentWriter
from workbench.store.kinds import CAN_BE_SHARED, DATA_SET
from workbench.store.opening import writing
from workbench.trials.trial_library import copy_trials
from workbench.ui.session.saving import saving


def carry_saved_work(old_id: str, new_id: str, *, over: bool = False) -> None:
    """Copy to another data set what it lacks. With ``over``, trials that it has get one version more."""
    home = workspace_folder()
    with saving(), writing(home) as store:  # all of it or nothing
        copy_options(home, old_id, new_id)
        copy_shelf(home, old_id, new_id)
        old, new = find_data_set(home, old_id), find_data_set(home, new_id)
        if old is not None and new is not None:
            copy_trials(home, old, new, over=over)
            copy_decisions(home, old_id, new_id)
            copy_coaching(home, old, new, over=over)
        _share_alike(store, old_id, new_id)


def _share_alike(store: DocumentWriter, old_id: str, new_id: str) -> None:
    """What one has shared about a data set stays shared about the one made from it."""
    person = store.rights.person
    for kind in CAN_BE_SHARED if person else ():
        for each in store.list(kind, old_id):
            if kind == DATA_SET or person is None or each.owner != person.id or not each.shared:
                continue
            made = store.find(kind, new_id, each.key)
            if made is not None and made.owner == person.id:
                store.share(kind, new_id, each.key, each.shared)
