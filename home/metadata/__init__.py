"""What machines read: sitemaps, feeds, and the card of the home page."""
