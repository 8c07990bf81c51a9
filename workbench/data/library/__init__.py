"""Where data sets are found: the samples, and uploads kept in the workspace folder."""
