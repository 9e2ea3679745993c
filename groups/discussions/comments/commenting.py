"""Write, edit and withdraw comments."""

from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import User

from ..errors import DiscussionsError, RefusedError
from ..models import Comment
from ..places import kind_of
from ..writing_rules import checked_text, locked_place, refusal_to_comment, school_to_write_for
from .telling import tell_of_comment

# Keeps a thread readable and its page a single query. Beyond this, start a new comment.
MOST_REPLIES = 100


@transaction.atomic
def write(
    *,
    place: Model,
    by: User,
    text: str,
    token: UUID,
    school_id: int | None = None,
    parent: Comment | None = None,
) -> Comment:
    """Post a comment or a reply and notify the people concerned. Idempotent for the same text and token.

    Raises RefusedError if the person may not comment here, DiscussionsError for an invalid text or parent.
    """
    row = locked_place(place, by)
    if reason := refusal_to_comment(row, by):
        raise RefusedError(reason)
    text = checked_text(text)
    earlier = Comment.objects.filter(token=token).first()
    if earlier and (earlier.author_id, earlier.text) == (by.pk, text):
        return earlier
    # A form resubmitted with a different text is a new comment.
    token = uuid4() if earlier else token
    comment = Comment(place=row, author=by, school_id=school_to_write_for(by, school_id), text=text, token=token)
    if parent:
        comment.parent = _answerable(comment, parent)
    comment.save()
    count(row)
    tell_of_comment(comment)
    return comment


def _answerable(comment: Comment, parent: Comment) -> Comment:
    """Return the root comment of the thread. Raises DiscussionsError if it can't be answered from this place."""
    row = Comment.objects.select_related("author").get(pk=parent.pk)
    if (row.place_type_id, row.place_id) != (comment.place_type_id, comment.place_id):
        raise DiscussionsError(_("That comment belongs to another discussion."))
    if row.parent_id:
        row = Comment.objects.select_related("author").get(pk=row.parent_id)
    if not row.is_shown:
        raise DiscussionsError(_("That comment is no longer there. You can post yours as a new comment."))
    if row.replies.count() >= MOST_REPLIES:
        raise DiscussionsError(_("This already has a lot of replies. Please start a new comment."))
    return row


@transaction.atomic
def edit(*, comment: Comment, by: User, text: str) -> Comment:
    """Edit one's own comment, keeping the earlier version readable. The same text is a no-op.

    Raises RefusedError for other people's comments and for hidden ones, DiscussionsError for an invalid text.
    """
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if row.author_id != by.pk:
        raise RefusedError(_("Only the author can edit this comment."))
    if not row.is_shown:
        raise RefusedError(_("It’s no longer on the site."))
    if reason := refusal_to_comment(row.place, by):
        raise RefusedError(reason)
    text = checked_text(text)
    if text != row.text:
        row.versions.create(text=row.text, written_at=row.edited_at or row.created_at)
        row.text, row.edited_at = text, timezone.now()
        row.save(update_fields=["text", "edited_at"])
        tell_of_comment(row)
    return row


@transaction.atomic
def withdraw(*, comment: Comment, by: User) -> None:
    """Withdraw one's own comment, leaving a placeholder. Idempotent; raises RefusedError."""
    place = locked_row(comment)
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if row.author_id != by.pk:
        raise RefusedError(_("Only the author can withdraw this comment."))
    if row.is_opening:
        raise RefusedError(_("This comment opens the topic. Ask a moderator to hide the topic."))
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        count(place)


def locked_row(comment: Comment) -> Model:
    """Lock the place of a comment, whose counters change, and keep it as the comment's `place`."""
    model = ContentType.objects.get_for_id(comment.place_type_id).model_class()
    comment.place = model.objects.select_for_update().get(pk=comment.place_id)
    return comment.place


def count(place: Model) -> None:
    """Recount the comments from scratch, which also repairs earlier miscounts."""
    kind = kind_of(place)
    shown = Comment.objects.shown()
    here = shown.filter(place_type=kind.content_type, place_id=OuterRef("pk"), is_opening=False)
    number = here.order_by().values("place_id").annotate(number=Count("pk")).values("number")
    kept = {kind.counter: Coalesce(Subquery(number), 0)}
    if kind.latest_at:
        latest = shown.in_place(place).order_by("-created_at").values_list("created_at", flat=True)
        kept[kind.latest_at] = latest.first() or place.created_at
    kind.model.objects.filter(pk=place.pk).update(**kept)
