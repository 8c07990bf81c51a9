"""Sources → clean events → panel. Aggregation runs in the engine that holds the data, through Ibis."""
