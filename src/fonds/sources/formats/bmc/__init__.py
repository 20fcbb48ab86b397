"""BioMed Central articles (art)."""
