"""What is wrong with what was typed or clicked to get here: samples, folders, links."""

from __future__ import annotations

from collections.abc import Callable

from workbench.words.issue_parts import Sentence, did_you_mean

NOT_SHARED = "What this link asks for is not here, or nobody has shared it with you."
ASK = "Ask its sender for the files, or choose another one here."

SENTENCES: dict[str, Callable[..., Sentence]] = {
    "cannot_write": lambda reason: (f"The folder cannot be written: {reason}.", "Choose another folder."),
    "workspace_fails": lambda reason: (
        f"The workspace cannot be read or written: {reason}.", "Make room, or check where the workspace is kept."
    ),
    "bad_backup": lambda: (
        "This file is no backup of the workbench, or it is damaged. Nothing was changed.",
        "Choose a file that the workbench wrote as a backup.",
    ),
    "deleted_data_set": lambda name: (
        f"This link asks for the data set “{name}”, which was deleted.", "Restore it on Data, under “Recently deleted”."
    ),
    "unknown_data_set": lambda name: (
        f"This link asks for a data set “{name}” that is not on this computer.", ASK
    ),
    "unknown_design": lambda name: (f"This link asks for a design “{name}” that is not on this computer.", ASK),
    "not_allowed": lambda: (
        "Your role lets you look, and not save data sets.", "Ask an admin for the role of an editor."
    ),
    "hidden_data_set": lambda: (NOT_SHARED, "Ask its sender to share the data set with you."),
    "hidden_design": lambda: (NOT_SHARED, "Ask its sender to copy the link from the design menu."),
    "no_dice": lambda value: (f"“{value}” is no number of dice.", "Give a whole number from 1 to 999999."),
    "unknown_sample": lambda near, known: ("There is no sample of this name.", did_you_mean(near, known)),
}  # fmt: skip
