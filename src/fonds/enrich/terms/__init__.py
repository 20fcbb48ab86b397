"""Terms: the phrases that say what a document is about."""
