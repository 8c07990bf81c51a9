"""Widgets and parts that several pages share."""
