"""Calibrate the named flags: simulate teams with planted fakers, and count who is named."""
