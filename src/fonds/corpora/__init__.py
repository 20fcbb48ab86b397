"""Takes results out: exports of known length, kept corpora, tables."""
