"""Measures pages of the portal by Lighthouse."""
