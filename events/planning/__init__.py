"""What happens to an event itself: its form, its copies, its changes, and that people are told of them."""
