"""Weights people can defend: five ways to find them, and how much they matter."""
