"""Other systems doing the same work on the same files in the same run."""
