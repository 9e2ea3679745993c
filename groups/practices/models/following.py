from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.taxonomy import Pillar, Subject

TOPICS = {"pillar": Pillar, "subject": Subject}


class Follow(models.Model):
    """A subscription to new practices of a school or of a topic, such as `pillar:agency` or `subject:maths`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    school = models.ForeignKey("community.School", models.CASCADE, null=True, related_name="+")
    topic = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(_("followed"), auto_now_add=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ["pk"]
        indexes = [models.Index(fields=["topic"], name="followers_of_topic", condition=~Q(topic=""))]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school"], condition=Q(school__isnull=False), name="follows_school_once"
            ),
            models.UniqueConstraint(fields=["user", "topic"], condition=~Q(topic=""), name="follows_topic_once"),
            models.CheckConstraint(
                condition=Q(school__isnull=False, topic="") | (Q(school__isnull=True) & ~Q(topic="")),
                name="follows_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.topic or self.school_id}"

    @property
    def label(self) -> str:
        """The name of the followed school or topic."""
        if self.school_id:
            return self.school.name
        kind, _colon, value = self.topic.partition(":")
        return str(TOPICS[kind](value).label)
