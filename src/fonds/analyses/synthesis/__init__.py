"""Syntheses: a report on a corpus, made of sentences that its documents say."""
