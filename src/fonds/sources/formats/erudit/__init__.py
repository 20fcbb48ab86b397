"""Érudit articles."""
