"""What was read, counted as COUNTER R5.1 says, without keeping persons."""
