"""Elsevier's journal articles in every wrapper they are sent in."""
