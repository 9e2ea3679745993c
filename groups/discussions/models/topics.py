import uuid

from anyascii import anyascii
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community.access import access_of
from content.taxonomy import Pillar
from moderation.models import Hideable, HideableQuerySet


class TopicQuerySet(HideableQuerySet):
    def visible_to(self, user) -> "TopicQuerySet":
        """Return topics that are not hidden; none for visitors."""
        if not access_of(user).reads_members_content:
            return self.none()
        return self.shown()

    def open_to(self, user) -> "TopicQuerySet":
        """Return visible topics, plus hidden ones from countries the person moderates."""
        if not access_of(user).reads_members_content:
            return self.none()
        return self.shown_or_moderated_by(user)

    def for_list(self) -> "TopicQuerySet":
        """Load what a row of the topic list shows."""
        return self.select_related("author", "school", "poll")

    def for_page(self) -> "TopicQuerySet":
        """Load what the page of a topic shows beside its comments."""
        return self.select_related("author", "school", "poll", "answer__author", "answer__school")


class Topic(Hideable):
    """A discussion topic. Its text is the opening comment."""

    title = models.CharField(_("title"), max_length=150)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Pillar, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="topics")
    # Null for moderators from a support organisation.
    school = models.ForeignKey("community.School", models.PROTECT, null=True, blank=True, related_name="topics")
    is_announcement = models.BooleanField(_("announcement"), default=False)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    is_closed = models.BooleanField(_("closed"), default=False)
    answer = models.ForeignKey("discussions.Comment", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    last_activity_at = models.DateTimeField(_("last activity"), default=timezone.now)
    # Maintained by the verbs with `update()`.
    replies_count = models.PositiveIntegerField(default=0, editable=False)
    # Idempotency key from the form: a resubmitted form creates no second topic.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta(Hideable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [
            models.Index(fields=["-last_activity_at", "-id"], name="topic_latest", condition=Q(live=True)),
            models.Index(fields=["pillar", "-last_activity_at", "-id"], name="topic_latest_of_pillar"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        return slugify(anyascii(self.title)) or "topic"
