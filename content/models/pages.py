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

    # Events and learning pages stand once, in whatever language, inside the interface that the reader chose; pages of
    # home/models/ have a translation for each language and bring its interface with them.
    stands_once = True

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

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {**super().get_context(request, *args, **kwargs), **context_for(self, request)}

    def get_url_parts(self, request=None) -> tuple | None:
        parts = super().get_url_parts(request)
        if parts is None or not self.stands_once:
            return parts
        # Wagtail would lead into the interface of the tree's language.
        return (*parts[:2], self.get_absolute_url())

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Write the page; translations and aliases of a page are for the same readers as their original.

        Copies in another language, aliases, old revisions and schedules all end in here: none of them opens a page
        that its original keeps closed.
        """
        written = kwargs.get("update_fields")
        if written is not None and "audience" not in written:
            # A draft's own audience is not to be handed on: Wagtail saves single fields of a page that is being edited.
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
        """Whether readers are chosen here: the first page among its translations and aliases."""
        return self.pk is None or self.pk == min(self._relatives(), default=self.pk)

    def _relatives(self) -> set[int]:
        """The pages, this one among them, that say what this one says: its translations, its aliases, and theirs."""
        found: set[int] = set()
        kin = Q(translation_key=self.translation_key)
        if self.alias_of_id:
            kin |= Q(pk=self.alias_of_id)
        while fresh := set(type(self).objects.filter(kin).values_list("pk", flat=True)) - found:
            found |= fresh
            keys = Page.objects.filter(pk__in=fresh).values("translation_key")
            kin = Q(translation_key__in=keys) | Q(alias_of__in=fresh) | Q(aliases__in=fresh)
        return found
