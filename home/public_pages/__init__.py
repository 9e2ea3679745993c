"""The pages that everyone may read: their blocks, their first texts, and a tree of them in each language."""
