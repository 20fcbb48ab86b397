"""Trends: what becomes more or less usual from year to year."""
