"""What text and content mining adds to documents: one module or package per enrichment."""
