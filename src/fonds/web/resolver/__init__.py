"""The link resolver: a reference in, the document it means out."""
