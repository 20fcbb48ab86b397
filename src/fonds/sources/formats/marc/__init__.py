"""MARC 21: binary (ISO 2709), MARCXML, MARC in JSON."""
