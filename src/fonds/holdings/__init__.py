"""What the archive holds, title by title, computed from what is really loaded."""
