"""Checks of single events: one per module, each points at rows or says why it cannot tell."""
