"""Networks of what documents have in common, and of documents that cite each other."""
