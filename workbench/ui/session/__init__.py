"""What is being looked at and what was computed for it: state, caches, links between pages."""
