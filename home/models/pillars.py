from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from content.taxonomy import Pillar

from ..public_pages import showcase as front
from ..public_pages.blocks import PageBlock
from .translated import TranslatedPage


class PillarPage(TranslatedPage):
    """A page about one pillar: its meaning, what schools do, and their practices."""

    pillar = models.CharField(_("pillar"), max_length=20, choices=Pillar)
    body = StreamField(PageBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["home.StandardPage", "home.HomePage"]
    subpage_types: list[str] = []
    template = "home/pillar_page.html"
    content_panels = [*TranslatedPage.content_panels, FieldPanel("pillar"), FieldPanel("body")]

    class Meta:
        verbose_name = _("pillar page")
        verbose_name_plural = _("pillar pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **front.pillar_context(request.user, Pillar(self.pillar))}
