"""The page Learn: a story in eight predictions, how sure one was, and the glossary."""
