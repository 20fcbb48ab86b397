"""IOP articles before JATS (iopart)."""
