"""References: what a document cites, structured and matched to the documents held."""
