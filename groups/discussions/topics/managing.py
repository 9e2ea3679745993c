"""Verbs on topics: start, close, pin, mark the answer."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import is_moderator, moderates
from community.models import User

from ..comments.subscribing import subscribe
from ..comments.telling import tell_of_comment
from ..errors import DiscussionsError, RefusedError
from ..models import Comment, Topic
from ..writing_rules import check_manages_topic, checked_text, refusal_to_talk, school_to_write_for

CLOSED = "groups.close_topic"
REOPENED = "groups.reopen_topic"
PINNED = "groups.pin_topic"
UNPINNED = "groups.unpin_topic"


@transaction.atomic
def begin_topic(
    *,
    by: User,
    title: str,
    text: str,
    token: UUID,
    pillar: str = "",
    school_id: int | None = None,
    is_announcement: bool = False,
) -> Topic:
    """Start a topic and subscribe its author; announcements are pinned. Idempotent for the same token.

    Raises RefusedError for non-contributors, for another person's token and for announcements by non-moderators,
    DiscussionsError without a title or with an invalid text.
    """
    if reason := refusal_to_talk(by):
        raise RefusedError(reason)
    if is_announcement and not is_moderator(by):
        raise RefusedError(_("Only moderators can make announcements."))
    title = " ".join(title.split())
    if not title:
        raise DiscussionsError(_("Give it a title."))
    words = {
        "author": by,
        "school_id": school_to_write_for(by, school_id),
        "title": title[:150],
        "pillar": pillar,
        "is_announcement": is_announcement,
        "is_pinned": is_announcement,
    }
    topic, new = Topic.objects.get_or_create(token=token, defaults=words)
    if topic.author_id != by.pk:
        raise RefusedError(_("This form was opened from another account. Please open the page again."))
    if new:
        opening = Comment.objects.create(
            place=topic, author=by, school_id=topic.school_id, text=checked_text(text), is_opening=True
        )
        subscribe(place=topic, by=by)
        tell_of_comment(opening)
    return topic


def _locked(topic: Topic) -> Topic:
    return Topic.objects.select_for_update(of=("self",)).select_related("school").get(pk=topic.pk)


@transaction.atomic
def close_topic(*, topic: Topic, by: User) -> None:
    """Close the topic to new comments; it stays readable. Idempotent; raises RefusedError."""
    _switch(topic, by, "is_closed", True, CLOSED)


@transaction.atomic
def reopen_topic(*, topic: Topic, by: User) -> None:
    """Reopen the topic, as a moderator. Idempotent; raises RefusedError."""
    _check_moderates(topic, by)
    _switch(topic, by, "is_closed", False, REOPENED)


@transaction.atomic
def pin_topic(*, topic: Topic, by: User) -> None:
    """Pin the topic to the top of the list, as a moderator. Idempotent; raises RefusedError."""
    _check_moderates(topic, by)
    _switch(topic, by, "is_pinned", True, PINNED)


@transaction.atomic
def unpin_topic(*, topic: Topic, by: User) -> None:
    """Unpin the topic, as a moderator. Idempotent; raises RefusedError."""
    _check_moderates(topic, by)
    _switch(topic, by, "is_pinned", False, UNPINNED)


def _check_moderates(topic: Topic, by: User) -> None:
    if not moderates(by, topic.country):
        raise RefusedError(_("You don’t moderate this school’s country."))


def _switch(topic: Topic, by: User, name: str, value: bool, action: str) -> None:
    row = _locked(topic)
    check_manages_topic(row, by)
    if getattr(row, name) is not value:
        setattr(row, name, value)
        row.save(update_fields=[name])
        log(instance=row, action=action, user=by)


@transaction.atomic
def mark_answer(*, topic: Topic, answer: Comment, by: User) -> None:
    """Mark a comment as the answer, replacing any other. Raises RefusedError, DiscussionsError."""
    row = _locked(topic)
    check_manages_topic(row, by)
    if not Comment.objects.shown().in_place(row).filter(pk=answer.pk, is_opening=False).exists():
        raise DiscussionsError(_("Choose a comment from this topic as the answer."))
    row.answer_id = answer.pk
    row.save(update_fields=["answer"])


@transaction.atomic
def unmark_answer(*, topic: Topic, by: User) -> None:
    """Remove the answer mark. Idempotent; raises RefusedError."""
    row = _locked(topic)
    check_manages_topic(row, by)
    row.answer = None
    row.save(update_fields=["answer"])
