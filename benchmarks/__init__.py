"""Speed and memory against named alternatives, both measured in one run."""
