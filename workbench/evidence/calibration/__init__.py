"""Calibrate the evidence: simulate histories with planted truths, and count how often the checks are right."""
