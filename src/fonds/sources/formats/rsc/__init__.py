"""Royal Society of Chemistry articles (RSCART)."""
