"""Two corpora side by side: what is more frequent in one, what is missing, how they are made."""
