"""Topics: their list and pages, and the verbs that start and manage one. A topic is a place for comments."""
