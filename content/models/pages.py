from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction

from community.access import Audience, AudienceQuerySet

from ..page_context import context_for
from ..search import fold
from ..taxonomy import Language


class SitePageQuerySet(AudienceQuerySet, PageQuerySet):
    """Page querysets that start from `visible_to`."""


SitePageManager = PageManager.from_queryset(SitePageQuerySet)


class SitePage(Page):
    """Base of every page on this site. `audience` alone decides who may read a page."""

    audience = models.CharField(
        _("who can read it"), max_length=10, choices=Audience, default=Audience.MEMBERS, db_index=True
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

    # Events and learning pages exist once, in one language, within the reader's interface language. Pages of
    # home/models/ have a translation per language and set the interface language.
    stands_once = True

    # Wagtail's own privacy control leaks through lists and search, so it is off and `audience` applies.
    private_page_options: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    settings_panels = [
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("language")], _("Readers")),
        *Page.settings_panels,
    ]

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> QuerySet:
        # There are none, and Wagtail would spend two queries per page to find that out.
        return PageViewRestriction.objects.none()

    def searchable_words(self) -> list[str]:
        """Return the texts to search; page types add their own."""
        return [self.title, self.summary]

    def full_clean(self, *args, **kwargs) -> None:
        # Wagtail calls this on every save. The folded text is derived, so no form includes it.
        self.search_text = fold(" ".join(self.searchable_words()))
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {**super().get_context(request, *args, **kwargs), **context_for(self, request)}

    def get_url_parts(self, request=None) -> tuple | None:
        parts = super().get_url_parts(request)
        if parts is None or not self.stands_once:
            return parts
        # Wagtail would link to the interface of the tree's language.
        return (*parts[:2], self.get_absolute_url())

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Save the page. Translations and aliases take over the audience of their original.

        Copies, aliases, old revisions and scheduled publishing all go through here, so none of them can open a page
        whose original is closed.
        """
        written = kwargs.get("update_fields")
        if written is not None and "audience" not in written:
            # Wagtail saves single fields of a page being edited; don't propagate the draft's audience then.
            super().save(*args, **kwargs)
            return
        relatives = self._relatives()
        original = min(relatives, default=self.pk)
        if original != self.pk:
            self.audience = type(self).objects.values_list("audience", flat=True).get(pk=original)
        super().save(*args, **kwargs)
        if relatives:
            type(self).objects.filter(pk__in=relatives).exclude(audience=self.audience).update(audience=self.audience)

    def is_original(self) -> bool:
        """Return whether the audience is set here: the page is the first among its translations and aliases."""
        return self.pk is None or self.pk == min(self._relatives(), default=self.pk)

    def _relatives(self) -> set[int]:
        """Return the keys of all translations and aliases of the page, transitively, itself included."""
        found: set[int] = set()
        kin = Q(translation_key=self.translation_key)
        if self.alias_of_id:
            kin |= Q(pk=self.alias_of_id)
        while fresh := set(type(self).objects.filter(kin).values_list("pk", flat=True)) - found:
            found |= fresh
            keys = Page.objects.filter(pk__in=fresh).values("translation_key")
            kin = Q(translation_key__in=keys) | Q(alias_of__in=fresh) | Q(aliases__in=fresh)
        return found
