"""From uploaded files to a data set file: guesses, previews, edits and fixes."""
