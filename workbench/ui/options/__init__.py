"""The parts of Options."""
