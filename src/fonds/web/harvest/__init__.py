"""Harvesting protocols: OAI-PMH, SRU, sitemaps, ResourceSync. A package or module for each."""
