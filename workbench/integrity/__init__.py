"""Was activity faked, and how easily could it be: checks on event logs, flags, decoupling, gameability."""
