"""The queue of everything that waits for a moderator, with claims, filters and a page to decide each item."""
