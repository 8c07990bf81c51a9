"""Carry what was saved with a data set to another one made from it: options, designs, trials, records."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.data.library.data_sets import find_data_set, workspace_folder
from workbench.design.decisions import copy_decisions
from workbench.design.options import copy_options
from workbench.design.shelf import copy_shelf
from workbench.phases.coaching_record import copy_coaching
from workbench.rights.may import Action
from workbench.store.documents import DocumentWriter
from workbench.store.kinds import CAN_BE_SHARED, DATA_SET
from workbench.store.opening import writing
from workbench.trials.trial_library import copy_trials
from workbench.ui.session.saving import saving

_KINDS = tuple(kind for kind in CAN_BE_SHARED if kind != DATA_SET)


def carry_saved_work(old_id: str, new_id: str, *, over: bool = False) -> None:
    """Copy to another data set what it lacks. With ``over``, trials that it has get one version more.

    Each copy belongs to whom its original belongs to, and is shared alike. What somebody makes of a data set that they
    may only look at, such as a sample, takes along their own work alone.
    """
    with saving(), writing(workspace_folder()) as store:  # all of it or nothing
        if store.rights.person is None:
            _copy(old_id, new_id, over)
        for owner in _owners(store, old_id):
            with store.carrying(owner):
                there = {(kind, each.key) for kind in _KINDS for each in store.list(kind, new_id)}
                _copy(old_id, new_id, over)
                for each in [found for kind in _KINDS for found in store.list(kind, old_id)]:
                    if each.shared and (each.kind, each.key) not in there:
                        store.share(each.kind, new_id, each.key, each.shared)


def _owners(store: DocumentWriter, data: str) -> Iterable[str]:
    """Whose work about a data set is carried along; without sign-in nobody's in particular."""
    person = store.rights.person
    if person is None:
        return ()
    found = store.find(DATA_SET, data, "")
    is_by_right = found is not None and any(store.rights.may(each, found) for each in (Action.CHANGE, Action.MANAGE))
    return sorted(store.owners(data) | {person.id}) if is_by_right else (person.id,)


def _copy(old_id: str, new_id: str, over: bool) -> None:
    home = workspace_folder()
    copy_options(home, old_id, new_id)
    copy_shelf(home, old_id, new_id)
    old, new = find_data_set(home, old_id), find_data_set(home, new_id)
    if old is not None and new is not None:
        copy_trials(home, old, new, over=over)
        copy_decisions(home, old_id, new_id)
        copy_coaching(home, old, new, over=over)
