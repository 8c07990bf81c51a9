"""From a table's rows to clean events: rep, date, measures, or the reason why a row is not used."""
