"""Joining the call: the foyer, guest links and conference providers."""
