"""Conversation phases: how far calls get, whether reps differ at a phase, and what coaching which phase would bring."""
