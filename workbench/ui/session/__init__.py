"""Session state, caches, and links between pages."""
