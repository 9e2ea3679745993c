"""The page of a practice: what it shows, its sections from other rooms, and the authors' list, preview and export."""
