"""Sources → clean events → panel. Aggregation runs in the engine where the data lives, through Ibis."""
