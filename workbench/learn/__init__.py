"""Lessons on data with planted truths: predictions before each answer, answers computed from the data, and scores."""
