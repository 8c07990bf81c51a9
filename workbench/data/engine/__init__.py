"""The embedded database that does the adding up, and named connections to other databases."""
