"""After an event: attendance, materials and feedback."""
