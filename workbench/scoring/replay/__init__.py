"""Replay a scorecard on history: prizes, reprimands, runs, styles, leavers, effort, stop signals."""
