"""What a corpus says as a whole: terms, trends, themes, networks, comparisons, syntheses."""
