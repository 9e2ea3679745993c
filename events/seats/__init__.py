"""Who has a place, who waits, and who is offered what is freed."""
