from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from content.html import text_of
from content.models import SitePage

from .front import front_context

PLAIN_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class HomePage(SitePage):
    """The front door: what the group is, for a visitor; what is new, for a member."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {**super().get_context(request, *args, **kwargs), **front_context(request.user)}


class StandardPage(SitePage):
    """A page of text. Pages of one topic say the same in different languages; the reader gets their own."""

    topic = models.SlugField(
        _("topic"), blank=True, help_text=_("Pages with the same topic are translations of one another.")
    )
    body = RichTextField(_("text"), features=PLAIN_TEXT)

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    promote_panels = [*SitePage.promote_panels, FieldPanel("topic")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def searchable_words(self) -> list[str]:
        return [*super().searchable_words(), text_of(self.body)]

    def get_absolute_url(self) -> str:
        return self.url

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Show the page, or its translation when there is one in the reader's language."""
        if self.topic and self.language != get_language():
            translation = (
                StandardPage.objects.visible_to(request.user).filter(topic=self.topic, language=get_language()).first()
            )
            if translation:
                return redirect(translation.get_url(request))
        return super().serve(request, *args, **kwargs)
