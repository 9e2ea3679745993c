"""Hide content that rooms registered, with a reason its author reads, and show it again."""
