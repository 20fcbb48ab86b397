"""JATS, NLM and TaxPub articles of every version."""
