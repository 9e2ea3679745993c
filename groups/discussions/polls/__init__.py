"""Polls of a topic: their verbs, and the pages to add and end one. The page of the topic shows them and takes votes."""
