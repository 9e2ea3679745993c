"""Notifications about comments. Each person is notified of a comment at most once."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation

from community.models import User
from community.moderators import central_moderators, moderators_of
from moderation.waiting import address_on_desk
from notifications.delivery import notify

from ..mentions.naming import named_in
from ..models import Comment, Report, Subscription, Topic
from ..places import kind_of
from ..reports.reported import Thing


def tell_of_comment(comment: Comment) -> None:
    """Notify the people mentioned, the author replied to, the authors of the place and the subscribers.

    All share one key: each person gets the first message that fits, and an edit repeats none.
    """
    _notify(comment, named_in(comment.text, comment.author, comment.place), "mentioned")
    if comment.edited_at:
        return
    if comment.parent_id:
        _notify(comment, [comment.parent.author], "comment_answered")
    kind = kind_of(comment.place)
    _notify(comment, kind.authors(comment.place), kind.authors_message)
    subscriptions = Subscription.objects.in_place(comment.place)
    _notify(comment, User.objects.filter(pk__in=subscriptions.values("user")), "topic_answered")


def _notify(comment: Comment, people: Iterable[User | None], message: str) -> None:
    for person in people:
        if person is None or not person.is_active or person.pk == comment.author_id:
            continue
        if not Comment.objects.visible_to(person).filter(pk=comment.pk).exists():
            continue
        with translation.override(person.language):
            url = comment.get_absolute_url()
        notify(
            recipients=[person],
            message=f"discussions/{message}",
            context={
                "comment": comment,
                "place": comment.place,
                "kind": kind_of(comment.place),
                "writer": comment.author,
            },
            url=url,
            key=f"comment:{comment.pk}",
            about=comment,
        )


def tell_hidden(row: Comment | Topic, reason: str, key: str) -> None:
    """Tell the author why their comment or topic was hidden."""
    person = row.author
    if person is None or not person.is_active:
        return
    place = row if isinstance(row, Topic) else row.place
    words = row.title if isinstance(row, Topic) else row.text
    with translation.override(person.language):
        url = reverse("topic_list") if isinstance(row, Topic) else place.get_absolute_url()
    context = {"place": place, "words": words, "reason": reason}
    notify(recipients=[person], message="discussions/words_hidden", context=context, url=url, key=f"words_hidden:{key}")


def tell_reported(report: Report, thing: Thing) -> None:
    """Notify the moderators of a report. Further reports about the same object are silent until it is settled."""
    people = moderators_of(thing.school) if thing.school else central_moderators()
    for person in people.exclude(pk__in=[report.reporter_id, thing.author_id]):
        notify(
            recipients=[person],
            message="discussions/reported",
            context={"report": report},
            url=address_on_desk("report", report.pk),
            key=f"reported:{report.kind}:{report.about_id}:{_times_settled(report)}",
            about=thing,
        )


def _times_settled(report: Report) -> int:
    """Count the times reports about this object were settled, so that a later report notifies again."""
    same = Report.objects.filter(kind=report.kind, about_id=report.about_id)
    return same.exclude(settled_at=None).values("settled_at").distinct().count()
