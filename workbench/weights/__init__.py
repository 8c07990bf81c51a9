"""Elicit or fit weights of KPIs, and measure how much they change ranks."""
