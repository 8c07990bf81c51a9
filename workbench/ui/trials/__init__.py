"""The parts of Trials."""
