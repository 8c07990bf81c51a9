"""The parts of Coaching."""
