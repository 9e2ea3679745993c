"""Metadata for machines: sitemaps, feeds, and the card of the home page."""
