"""Calibrate the coaching plan: simulate teams with planted phases, and count what is found of them."""
