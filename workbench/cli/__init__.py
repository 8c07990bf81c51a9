"""One module per command; each makes the same pure call as its page and prints the result."""
