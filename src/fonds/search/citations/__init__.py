"""Who cites whom within the archive, as fields that are searched."""
