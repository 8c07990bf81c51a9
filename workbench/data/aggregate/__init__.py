"""From clean events to the panel: sums per rep and period, coverage, roster, and what can be downloaded."""
