"""Vectors of sentences: texts that say alike in other words lie near each other."""
