"""Check each KPI of a design on history: one check per module, findings as numbers, one verdict."""
