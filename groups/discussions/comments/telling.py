"""Notifications about comments. Each person is notified of a comment at most once."""

from collections.abc import Iterable
from functools import partial

from django.urls import reverse

from community.models import User
from community.moderators import central_moderators, moderators_of
from moderation.models import Report
from moderation.reportable import Thing
from moderation.waiting import address_on_desk
from notifications.delivery import notify

from ..mentions.naming import named_in
from ..models import Comment, Topic


def tell_of(comment: Comment) -> None:
    """Notify the people mentioned, the author replied to, the practice's authors and the subscribers.

    All share one key: each person gets the first message that fits, and an edit repeats none.
    """
    _tell(comment, named_in(comment.text, comment.author, comment.place), "mentioned")
    if comment.edited_at:
        return
    if comment.parent_id:
        _tell(comment, [comment.parent.author], "comment_answered")
    if comment.topic_id:
        _tell(comment, User.objects.filter(topic_subscriptions__topic=comment.topic_id), "topic_answered")
    else:
        _tell(comment, comment.practice.authors(), "practice_commented")
        listeners = User.objects.filter(practice_subscriptions__practice=comment.practice_id)
        _tell(comment, listeners, "topic_answered")


def _tell(comment: Comment, people: Iterable[User | None], message: str) -> None:
    notify(
        recipients=(person for person in people if person and _may_hear(person, comment)),
        message=f"discussions/{message}",
        context={"comment": comment, "place": comment.place, "writer": comment.author},
        url=comment.get_absolute_url,
        key=f"comment:{comment.pk}",
        about=comment,
    )


def _may_hear(person: User, comment: Comment) -> bool:
    if not person.is_active or person.pk == comment.author_id:
        return False
    return Comment.objects.visible_to(person).filter(pk=comment.pk).exists()


def tell_hidden(row: Comment | Topic, reason: str, key: str) -> None:
    """Tell the author why their comment or topic was hidden."""
    person = row.author
    if person is None or not person.is_active:
        return
    place = row if isinstance(row, Topic) else row.place
    words = row.title if isinstance(row, Topic) else row.text
    url = partial(reverse, "topic_list") if isinstance(row, Topic) else place.get_absolute_url
    context = {"place": place, "words": words, "reason": reason}
    notify(recipients=[person], message="discussions/words_hidden", context=context, url=url, key=f"words_hidden:{key}")


def tell_reported(report: Report, thing: Thing) -> None:
    """Notify the moderators of a report. Further reports about the same object are silent until it is settled."""
    people = moderators_of(thing.school) if thing.school else central_moderators()
    notify(
        recipients=people.exclude(pk__in=[report.reporter_id, thing.author_id]),
        message="moderation/reported",
        context={"report": report},
        url=partial(address_on_desk, "report", report.pk),
        key=f"reported:{report.kind}:{report.about_id}:{_times_settled(report)}",
        about=thing,
    )


def _times_settled(report: Report) -> int:
    """Count the times reports about this object were settled, so that a later report notifies again."""
    same = Report.objects.filter(kind=report.kind, about_id=report.about_id)
    return same.exclude(settled_at=None).values("settled_at").distinct().count()
