import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, TextField, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.access import access_of
from moderation.models import Hideable, HideableQuerySet, shown_or_moderated

from ..places import place_kinds
from .placed import PlacedQuerySet

LONGEST = 5000


class CommentQuerySet(PlacedQuerySet, HideableQuerySet):
    def in_place_for(self, user) -> "CommentQuerySet":
        """Return all comments in places the person may open, hidden ones included. Visitors get none, even in public
        places."""
        if not access_of(user).reads_members_content:
            return self.none()
        readable = Q(pk__in=[])
        for kind in place_kinds():
            readable |= Q(place_type=kind.content_type, place_id__in=kind.open_to(user).order_by().values("pk"))
        return self.filter(readable)

    def shown(self) -> "CommentQuerySet":
        """Return comments neither withdrawn nor hidden."""
        return super().shown().filter(withdrawn_at=None)

    def visible_to(self, user) -> "CommentQuerySet":
        """Return the comments a reader may see, without moderator access to hidden ones."""
        return self.in_place_for(user).shown()

    def open_to(self, user) -> "CommentQuerySet":
        """Return visible comments, plus hidden ones from countries the person moderates."""
        return self.in_place_for(user).filter(withdrawn_at=None).shown_or_moderated_by(user)

    def standing_for(self, user) -> "CommentQuerySet":
        """Return the rows of a discussion: comments the person may read, withdrawn ones, and hidden ones with replies.

        Annotates `is_readable` and `shown_text`, which is empty for an unreadable comment. The text itself is
        deferred.
        """
        readable = Q(withdrawn_at=None) & shown_or_moderated(user)
        answered = Comment.objects.shown().filter(parent=OuterRef("pk"))
        return (
            self.in_place_for(user)
            .filter(shown_or_moderated(user) | Exists(answered))
            .annotate(
                shown_text=Case(When(readable, then="text"), default=Value(""), output_field=TextField()),
                is_readable=Case(When(readable, then=True), default=False, output_field=BooleanField()),
            )
            .defer("text")
            .select_related("author", "school")
        )


class Comment(Hideable):
    """A comment in a place, written for the author's school. Plain text: blank lines separate paragraphs, URLs become
    links."""

    # Deleting the place deletes its comments, in receivers.py.
    place_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", db_index=False)
    place_id = models.PositiveBigIntegerField()
    place = GenericForeignKey("place_type", "place_id")
    # One level only: a reply to a reply has the same parent.
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    is_opening = models.BooleanField(default=False, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments")
    # Null for moderators from a support organisation.
    school = models.ForeignKey("community.School", models.PROTECT, null=True, blank=True, related_name="comments")
    text = models.TextField(_("text"), max_length=LONGEST)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # Idempotency key from the form: a resubmitted form creates no second comment.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta(Hideable.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        # Read backwards for the oldest first.
        indexes = [models.Index(fields=["place_type", "place_id", "parent", "-id"], name="comment_of_place")]
        constraints = [
            *Hideable.Meta.constraints,
            models.UniqueConstraint(
                fields=["place_type", "place_id"], condition=Q(is_opening=True), name="one_opening_of_a_place"
            ),
        ]

    def __str__(self) -> str:
        return gettext("A comment on “%(place)s”") % {"place": self.place}

    def get_absolute_url(self) -> str:
        return reverse("comment", args=[self.pk])

    @property
    def is_shown(self) -> bool:
        return self.live and self.withdrawn_at is None

    @property
    def marker(self) -> str:
        """The notice that replaces a withdrawn or hidden comment; empty if it is shown."""
        if self.withdrawn_at:
            return gettext("Withdrawn by the author.")
        return "" if self.live else gettext("A moderator has hidden this comment.")


class CommentVersion(models.Model):
    """The text of a comment before an edit."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="versions")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier version of a comment")
        verbose_name_plural = _("earlier versions of comments")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} until {self.written_at}"
