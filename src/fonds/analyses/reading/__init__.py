"""Reading the texts of a corpus: words found in them as the search finds them, and where."""
