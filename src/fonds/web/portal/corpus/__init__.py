"""The pages that build a corpus, and those of corpora kept for good."""
