"""What Fonds claims about speed, measured beside a limit and a peer."""
