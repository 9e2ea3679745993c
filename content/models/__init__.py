from .files import Rendition, SiteDocument, SiteImage
from .pages import SitePage

__all__ = ["Rendition", "SiteDocument", "SiteImage", "SitePage"]
