"""What the history says about each KPI of a design: one check a file, findings as numbers, one verdict."""
