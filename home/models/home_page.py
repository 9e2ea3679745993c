from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ..public_pages.blocks import FrontBlock
from .translated import TranslatedPage


class HomePage(TranslatedPage):
    """The home page of one language: an introduction for visitors, news for members."""

    body = StreamField(FrontBlock(), verbose_name=_("content"), blank=True)

    # The original only: further languages are made as translations of it.
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"
    content_panels = [*TranslatedPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")
