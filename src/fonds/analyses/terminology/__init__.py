"""Terminology: the words of a corpus, ranked, with their spellings and contexts."""
