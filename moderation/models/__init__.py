from .claims import Claim
from .hideable import Hideable, HideableQuerySet, shown_or_moderated
from .reports import Report

__all__ = ["Claim", "Hideable", "HideableQuerySet", "Report", "shown_or_moderated"]
