from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from content.blocks import BodyBlock
from content.fields import ChoiceListField
from content.html import text_of
from content.models import SitePage
from content.models.pages import SitePageQuerySet
from content.taxonomy import Pillar

from ..taxonomy import Level
from .completions import Completion

# Reserved for the person's own record, see learning/urls.py.
TAKEN_SLUG = "mine"


class ResourceQuerySet(SitePageQuerySet):
    def about(self, pillar: str) -> "ResourceQuerySet":
        """Return resources on this pillar of the mission."""
        return self.filter(pillars__includes=pillar)

    def newest_first(self) -> "ResourceQuerySet":
        """Sort as the catalogue does: newest first."""
        return self.order_by("-first_published_at", "-pk")

    def with_done_by(self, user) -> "ResourceQuerySet":
        """Annotate `is_done`: whether the person has completed the resource."""
        if not user.is_authenticated:
            return self.annotate(is_done=Value(False))
        return self.annotate(is_done=Exists(Completion.objects.filter(user=user, page=OuterRef("pk"))))


class LearningIndexPage(SitePage):
    """The catalogue, parent of all resources."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["learning.ResourcePage"]
    max_count = 1
    template = "learning/learning_index_page.html"

    class Meta:
        verbose_name = _("learning resources catalogue")

    def get_absolute_url(self) -> str:
        return reverse("learning")


class ResourcePage(SitePage):
    """A text for professional development that members read, try out and mark as done."""

    level = models.CharField(_("level"), max_length=15, choices=Level, default=Level.STARTER)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=30, validators=[MinValueValidator(1)], help_text=_("How long it takes to complete.")
    )
    pillars = ChoiceListField(vocabulary=Pillar, verbose_name=_("pillars"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(ResourceQuerySet)()

    parent_page_types = ["learning.LearningIndexPage"]
    subpage_types: list[str] = []
    template = "learning/resource_page.html"

    content_panels = [
        *SitePage.content_panels,
        FieldRowPanel([FieldPanel("level"), FieldPanel("minutes")]),
        FieldPanel("pillars"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("learning resource")
        verbose_name_plural = _("learning resources")

    def clean(self) -> None:
        super().clean()
        if self.slug == TAKEN_SLUG:
            raise ValidationError({"slug": _("This address is already used for the learning record.")})

    def searchable_words(self) -> list[str]:
        # Rich text contains tags, so strip them.
        body = self.body.stream_block.get_searchable_content(self.body)
        return [*super().searchable_words(), *(text_of(words) for words in body)]

    def get_absolute_url(self) -> str:
        return reverse("resource", args=[self.slug])
