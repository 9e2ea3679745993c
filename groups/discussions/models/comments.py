import uuid

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, TextField, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.access import access_of
from groups.practices.models.practices import Practice

from .topics import Topic

LONGEST = 5000


def moderated_by(user) -> Q:
    """What was written in the name of schools whose countries the person moderates."""
    access = access_of(user)
    # An empty Q would be everything and nothing at once: the key is never null.
    return Q(pk__isnull=False) if access.moderates_all else Q(school__country__in=access.moderated_countries)


class CommentQuerySet(models.QuerySet):
    def in_place_for(self, user) -> "CommentQuerySet":
        """What was ever written under practices and topics that the person may read: also what is hidden now.
        Nothing for visitors, also under what everybody reads."""
        if not access_of(user).reads_members_content:
            return self.none()
        practices = Practice.objects.visible_to(user).published().order_by()
        topics = Topic.objects.open_to(user).order_by()
        return self.filter(Q(practice__in=practices.values("pk")) | Q(topic__in=topics.values("pk")))

    def shown(self) -> "CommentQuerySet":
        """What neither its author nor a moderator took off the site."""
        return self.filter(live=True, withdrawn_at=None)

    def visible_to(self, user) -> "CommentQuerySet":
        """What the person may read, moderator or not."""
        return self.in_place_for(user).shown()

    def open_to(self, user) -> "CommentQuerySet":
        """The same, and what is hidden in the countries that the person moderates."""
        return self.in_place_for(user).filter(withdrawn_at=None).filter(Q(live=True) | moderated_by(user))

    def standing_for(self, user) -> "CommentQuerySet":
        """What has a place in a discussion: what the person reads, and what others answered before it was hidden.

        Annotated: `is_readable`, and `shown_text`, which is empty where it is not; the text itself stays in the
        database.
        """
        readable = Q(withdrawn_at=None) & (Q(live=True) | moderated_by(user))
        answered = Comment.objects.shown().filter(parent=OuterRef("pk"))
        return (
            self.in_place_for(user)
            .filter(Q(live=True) | moderated_by(user) | Exists(answered))
            .annotate(
                shown_text=Case(When(readable, then="text"), default=Value(""), output_field=TextField()),
                is_readable=Case(When(readable, then=True), default=False, output_field=BooleanField()),
            )
            .defer("text")
            .select_related("author", "school")
        )


class Comment(models.Model):
    """What somebody wrote under a practice or in a topic, in the name of their school. Plain text: an empty line makes
    a paragraph, an address a link."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, null=True, blank=True, related_name="comments")
    topic = models.ForeignKey("discussions.Topic", models.CASCADE, null=True, blank=True, related_name="comments")
    # One level: an answer to an answer stands beside it.
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    is_opening = models.BooleanField(default=False, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments")
    # Moderators of a support organisation belong to no school.
    school = models.ForeignKey("community.School", models.PROTECT, null=True, blank=True, related_name="comments")
    text = models.TextField(_("text"), max_length=LONGEST)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    live = models.BooleanField(_("shown"), default=True)
    hidden_reason = models.TextField(_("reason for hiding it"), blank=True)
    # The form carries it: a form that arrives twice is the same comment.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(fields=["practice", "parent", "-id"], name="comment_of_practice"),
            models.Index(fields=["topic", "parent", "id"], name="comment_of_topic"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(practice__isnull=False, topic__isnull=True) | Q(practice__isnull=True, topic__isnull=False),
                name="comment_stands_in_one_place",
            ),
            models.UniqueConstraint(fields=["topic"], condition=Q(is_opening=True), name="one_opening_of_a_topic"),
            models.CheckConstraint(condition=Q(live=False) | Q(hidden_reason=""), name="shown_comments_have_no_reason"),
        ]

    def __str__(self) -> str:
        return gettext("A comment on “%(place)s”") % {"place": self.place}

    def get_absolute_url(self) -> str:
        return reverse("comment", args=[self.pk])

    @property
    def place(self) -> Practice | Topic:
        """What it is written about."""
        return self.practice if self.practice_id else self.topic

    @property
    def country(self) -> str:
        """Whose moderators look after it; empty for the central ones."""
        return self.school.country.code if self.school else ""

    @property
    def is_shown(self) -> bool:
        return self.live and self.withdrawn_at is None

    @property
    def marker(self) -> str:
        """What stands in its place when it is not shown to everybody."""
        if self.withdrawn_at:
            return gettext("Withdrawn by its author.")
        return "" if self.live else gettext("A moderator has hidden this comment.")


class CommentVersion(models.Model):
    """What a comment said before its author changed it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="versions")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier version of a comment")
        verbose_name_plural = _("earlier versions of comments")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} until {self.written_at}"
