"""The parts of Integrity."""
