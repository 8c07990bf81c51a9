"""How often the evidence is right: histories with planted truths, and what the checks say about them."""
