"""Trials of a change: who moved against whom, by how much, and whether that could be chance."""
