"""The parts of Preview: the live view of weights and ranks, and the sections below it."""
