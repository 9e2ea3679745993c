"""Finding practices: the list with its facets, saving, following and collections."""
