"""Stored data sets: the samples, and uploads in the workspace folder."""
