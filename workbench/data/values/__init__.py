"""How people write numbers, dates, blanks and names: pure functions over short lists of shapes."""
