"""The embedded database that aggregates events, and named connections to other databases."""
