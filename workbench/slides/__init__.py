"""A page, or a step of a story, as one sentence and one picture."""
