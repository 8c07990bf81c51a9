"""The kinds of documents in the store, and what the data set and the key of each are."""

from __future__ import annotations

DATA_SET = "data set"  # each save of an upload: what it replaced; draft: its figures; without a key
DESIGN = "design"  # of no data set, by the hash of its content: what links carry; a draft until somebody chooses it
SAVED_DESIGN = "saved design"  # draft: the latest state of a design with its name, by the id of the design
SCORECARD = "current scorecard"  # hash of the design that others are compared with; without a key
OPTION = "option"  # by the hash of its design
DECISION = "decision"  # by time and id of the record, one version each
TRIAL = "trial"  # by the key that links carry
PHASES = "phase file"  # without a key
COACHING = "coaching"  # without a key
LEARNER = "learner"  # draft, of no data set: what a learner has predicted, by id
DICE = "dice"  # of no data set: the upload made by story and number
PERSON = "person"  # of no data set: name, role and teams of who signed in, as of the last time, by id

FORGOTTEN_LATER = (DESIGN,)  # drafts that no link has opened for long
ERASED_LATER = (SAVED_DESIGN, OPTION, TRIAL)  # deleted by people; data sets are erased together with their files
NAMES_REPS = frozenset({DECISION, TRIAL, PHASES, COACHING})  # who is limited to some reps sees none of others
CAN_BE_SHARED = (DATA_SET, SAVED_DESIGN, OPTION, SCORECARD, DECISION, TRIAL, PHASES, COACHING)
