"""Crossref: deposits of every schema version, query results, JSON works."""
