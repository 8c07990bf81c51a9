"""Tidy frame → altair.Chart, with alt text made from the drawn values."""
