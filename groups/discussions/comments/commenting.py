"""Writing, changing and withdrawing what one says under a practice or in a topic."""

from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from community.access import access_of, is_moderator, refusal_to_contribute
from groups.practices.models import Practice

from ..errors import DiscussionsError, RefusedError
from ..models import Comment, Topic
from ..models.comments import LONGEST
from .telling import tell_of

# A discussion stays readable, and its page one query: beyond this somebody begins anew.
MOST_REPLIES = 100


def refusal_to_talk(user) -> str:
    """Why a person who reads does not write, in words; empty for contributors and moderators."""
    return "" if is_moderator(user) else refusal_to_contribute(user)


def refusal_to_comment(place: Practice | Topic, user) -> str:
    """Why the person does not write here, in words; empty when they may."""
    if isinstance(place, Topic) and place.is_closed:
        return _("This topic is closed: it can be read, but nobody adds to it.")
    return refusal_to_talk(user)


def school_to_write_for(user, school_id: int | None) -> int | None:
    """The school in whose name the person writes; None for moderators who belong to none. Raises RefusedError."""
    own = access_of(user).contributing_school_ids
    if not own:
        return None
    if school_id is None and len(own) == 1:
        return own[0]
    if school_id not in own:
        raise RefusedError(_("You do not write for this school at the moment."))
    return school_id


def checked(text: str) -> str:
    """The text without empty ends. Raises DiscussionsError for nothing, and for too much."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DiscussionsError(_("Write something first."))
    if len(text) > LONGEST:
        raise DiscussionsError(_("This is too long: a comment has at most %(limit)d characters.") % {"limit": LONGEST})
    return text


def locked_place(place: Practice | Topic, by) -> Practice | Topic:
    """The practice or topic, held so that what is written there comes one after the other. Raises RefusedError."""
    visible = type(place).objects.visible_to(by)
    visible = visible.published() if isinstance(place, Practice) else visible
    if not visible.filter(pk=place.pk).exists():
        raise RefusedError(_("You can comment on what you can read."))
    return type(place).objects.select_for_update().get(pk=place.pk)


@transaction.atomic
def write(
    *,
    place: Practice | Topic,
    by,
    text: str,
    token: UUID,
    school_id: int | None = None,
    parent: Comment | None = None,
) -> Comment:
    """Say something, or answer a comment; whoever it concerns is told. The same words with the same token are the same
    comment.

    Raises RefusedError for who may not write here, DiscussionsError for a text or an answer that is not possible.
    """
    row = locked_place(place, by)
    if reason := refusal_to_comment(row, by):
        raise RefusedError(reason)
    text = checked(text)
    earlier = Comment.objects.filter(token=token).first()
    if earlier and (earlier.author_id, earlier.text) == (by.pk, text):
        return earlier
    # Whoever goes back to a form and writes something else has a comment of its own.
    token = uuid4() if earlier else token
    comment = Comment(author=by, school_id=school_to_write_for(by, school_id), text=text, token=token)
    comment.practice, comment.topic = (row, None) if isinstance(row, Practice) else (None, row)
    if parent:
        comment.parent = _answerable(comment, parent)
    comment.save()
    count(row)
    tell_of(comment)
    return comment


def _answerable(comment: Comment, parent: Comment) -> Comment:
    """The comment that begins the thread, when it stands in the same place and is there to be answered."""
    row = Comment.objects.select_related("author").get(pk=parent.pk)
    if (row.practice_id, row.topic_id) != (comment.practice_id, comment.topic_id):
        raise DiscussionsError(_("That comment stands elsewhere."))
    if row.parent_id:
        row = Comment.objects.select_related("author").get(pk=row.parent_id)
    if not row.is_shown:
        raise DiscussionsError(_("That comment is not there any more. What you wrote can stand on its own."))
    if row.replies.count() >= MOST_REPLIES:
        raise DiscussionsError(_("This has many answers already. Please begin a new comment."))
    return row


@transaction.atomic
def edit(*, comment: Comment, by, text: str) -> Comment:
    """Change one's own words; what they were stays readable. The same words again change nothing.

    Raises RefusedError for other people's comments and for what is not on the site, DiscussionsError for an empty text.
    """
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if row.author_id != by.pk:
        raise RefusedError(_("Only its author changes a comment."))
    if not row.is_shown:
        raise RefusedError(_("It is not on the site any more."))
    if reason := refusal_to_comment(row.place, by):
        raise RefusedError(reason)
    text = checked(text)
    if text != row.text:
        row.versions.create(text=row.text, written_at=row.edited_at or row.created_at)
        row.text, row.edited_at = text, timezone.now()
        row.save(update_fields=["text", "edited_at"])
        tell_of(row)
    return row


@transaction.atomic
def withdraw(*, comment: Comment, by) -> None:
    """Take back one's own words: a mark stays where they stood. Repeating is harmless; raises RefusedError."""
    place = locked_row(comment)
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if row.author_id != by.pk:
        raise RefusedError(_("Only its author withdraws a comment."))
    if row.is_opening:
        raise RefusedError(_("A topic begins with it. Ask a moderator to hide the topic."))
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        count(place)


def locked_row(comment: Comment) -> Practice | Topic:
    """The place of a comment, held because its numbers change."""
    model, pk = (Practice, comment.practice_id) if comment.practice_id else (Topic, comment.topic_id)
    return model.objects.select_for_update().get(pk=pk)


def count(place: Practice | Topic) -> None:
    """Count anew instead of adding: whatever went wrong before is right afterwards."""
    name = "practice" if isinstance(place, Practice) else "topic"
    shown = Comment.objects.shown().filter(**{name: OuterRef("pk"), "is_opening": False}).order_by().values(name)
    number = Coalesce(Subquery(shown.annotate(number=Count("pk")).values("number")), 0)
    if name == "practice":
        Practice.objects.filter(pk=place.pk).update(comments_count=number)
        return
    latest = Comment.objects.shown().filter(topic=place).order_by("-created_at").values_list("created_at", flat=True)
    Topic.objects.filter(pk=place.pk).update(replies_count=number, last_activity_at=latest.first() or place.created_at)
