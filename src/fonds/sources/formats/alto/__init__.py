"""Pages of ALTO: what optical character recognition read, and how sure it was."""
