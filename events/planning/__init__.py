"""Planning an event: its form, repetition, changes, and telling people about them."""
