"""Patents of the United States (Red Book XML)."""
