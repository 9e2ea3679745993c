from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ..public_pages.blocks import PageBlock
from .translated import TranslatedPage


class StandardPage(TranslatedPage):
    """A page of text, such as the label, questions and answers, or privacy."""

    body = StreamField(PageBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage", "home.PillarPage"]
    template = "home/standard_page.html"
    content_panels = [*TranslatedPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
