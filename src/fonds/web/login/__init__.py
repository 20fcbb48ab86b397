"""Signing in by one's institution."""
