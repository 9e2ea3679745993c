"""Search across practices, events, learning, schools and pages, in whatever the reader may see."""
