"""What Preview shows beside its ranking: the ways to find weights, and how much they matter."""
