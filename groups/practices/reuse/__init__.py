"""Reusing practices: adapting one, reporting that a school tried it, and its family tree and impact."""
