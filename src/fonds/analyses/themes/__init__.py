"""Themes: documents that speak of the same, found by their words."""
