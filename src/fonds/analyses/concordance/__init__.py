"""Concordance: every place where words stand, with what is around them."""
