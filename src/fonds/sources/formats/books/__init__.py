"""Books of the NLM and BITS vocabularies, JSTOR's among them."""
