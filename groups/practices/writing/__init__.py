"""Authors' verbs on a practice."""

from .drafts import save_draft, submit, withdraw

__all__ = ["save_draft", "submit", "withdraw"]
