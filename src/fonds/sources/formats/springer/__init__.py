"""Springer A++: journals, books and chapters."""
