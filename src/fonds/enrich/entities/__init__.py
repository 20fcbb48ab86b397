"""Entities: what a text names: dates, places, organisations, persons, species, identifiers."""
