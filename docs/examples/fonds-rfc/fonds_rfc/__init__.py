"""Reads the RFCs of the IETF into Fonds."""
