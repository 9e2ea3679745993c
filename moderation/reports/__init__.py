"""Members report content to the moderators, who keep or hide it. Settling a report settles all about the same thing."""
