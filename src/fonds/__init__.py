"""Fonds: a scientific archive that anyone can run."""
