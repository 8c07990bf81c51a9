"""From uploaded files to a data set file: guesses, previews, edits, one-click fixes."""
