"""Vectors of the archive, to find documents alike and to order results by meaning."""
