"""WileyML 3G."""
