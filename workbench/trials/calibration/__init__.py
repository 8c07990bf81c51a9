"""Calibration of trials: teams with a known effect, judged as yours."""
