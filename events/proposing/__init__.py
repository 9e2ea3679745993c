"""Members propose events, moderators decide."""
