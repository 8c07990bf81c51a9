"""Who may do what: the person at work, and the one function that decides. Knows no store, no page and no provider."""
