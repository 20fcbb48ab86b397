"""A client of the ISTEX API, for Fonds and the national service alike; standard library only."""

from fonds.client.client import Client

__all__ = ["Client"]
