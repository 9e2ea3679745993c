"""The way into the call: the foyer, guests without an account, conference providers."""
