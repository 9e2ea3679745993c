"""Feedback from anyone about the site, which central moderators deal with."""
