"""The frame around every page: navigation and the row that says what is open."""
