"""The data set file, the panel built from it, and periods."""
