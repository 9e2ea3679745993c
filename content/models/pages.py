from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction

from community.access import Audience, AudienceQuerySet

from ..search import fold
from ..taxonomy import Language


class SitePageQuerySet(AudienceQuerySet, PageQuerySet):
    """Page queries that start from `visible_to`."""


SitePageManager = PageManager.from_queryset(SitePageQuerySet)


class SitePage(Page):
    """What every page of this site has. `audience` is the only thing that decides who reads a page."""

    audience = models.CharField(
        _("who may read"), max_length=10, choices=Audience, default=Audience.MEMBERS, db_index=True
    )
    language = models.CharField(
        _("language of the text"),
        max_length=5,
        choices=Language,
        default=Language.EN,
        help_text=_("For screen readers and filters."),
    )
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences for lists and search.")
    )
    search_text = models.TextField(editable=False, default="")

    objects = SitePageManager()

    # Wagtail's own privacy control leaks through lists and search: it is off, `audience` is the rule.
    private_page_options: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    settings_panels = [
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("language")], _("Readers")),
        *Page.settings_panels,
    ]

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> QuerySet:
        # There are none; Wagtail would spend two queries on every page to find that out.
        return PageViewRestriction.objects.none()

    def searchable_words(self) -> list[str]:
        """The texts that search looks through; a page type adds its own."""
        return [self.title, self.summary]

    def full_clean(self, *args, **kwargs) -> None:
        # Wagtail calls this in every save; the folded text is derived, so it never stands in a form.
        self.search_text = fold(" ".join(self.searchable_words()))
        super().full_clean(*args, **kwargs)
