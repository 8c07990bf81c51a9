"""Finding → one plain sentence. Findings carry numbers; only this floor makes sentences."""
