"""Adds the abbreviations that a text explains: "magnetic resonance imaging (MRI)"."""
