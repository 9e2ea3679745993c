from .feedback import Feedback
from .home_page import HomePage
from .pillars import PillarPage
from .standard import StandardPage
from .translated import TranslatedPage, TranslatedQuerySet

__all__ = ["Feedback", "HomePage", "PillarPage", "StandardPage", "TranslatedPage", "TranslatedQuerySet"]
