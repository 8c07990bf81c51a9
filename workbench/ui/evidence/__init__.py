"""The parts of Evidence."""
