"""From a column of text to numbers, dates or words, decided from the whole column in the engine."""
