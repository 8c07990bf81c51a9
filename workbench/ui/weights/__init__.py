"""The parts of Weights: the ways to find weights, and how much they matter."""
