"""Categories: the subjects of a document, by its journal and by its text."""
