"""Mentions: find the people that a text names after an @, and suggest names while it is typed."""
