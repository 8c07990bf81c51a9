"""One module per story: SLUG, ``make()`` (the data files) and ``truth()``."""
