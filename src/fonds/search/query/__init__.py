"""The query language: text to tree, checks, and back to text."""

from fonds.search.query.lucene import read_query
from fonds.search.query.printer import to_lucene

__all__ = ["read_query", "to_lucene"]
