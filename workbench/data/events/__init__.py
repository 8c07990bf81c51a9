"""From a table's rows to clean events: who, when, what each row counts towards, or why not."""
