"""The parts of Start and Data: samples, uploads, mapping of files, and the open data set."""
