"""The parts of Replay."""
