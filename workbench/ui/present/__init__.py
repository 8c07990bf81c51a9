"""The wall: every page as one slide, and a sample's story step by step."""
