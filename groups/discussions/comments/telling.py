"""Whom a comment concerns, and what they are told. Each person hears of a comment once, whatever they are to it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation

from community.models import User
from community.moderators import central_moderators, moderators_of
from moderation.waiting import address_on_desk
from notifications.delivery import notify

from ..mentions.naming import named_in
from ..models import Comment, Report, Topic
from ..reports.reported import Thing


def tell_of(comment: Comment) -> None:
    """Tell who is named, who is answered, who wrote the practice and who listens to it or to the topic.

    One key for all of it: the first that fits a person is what they hear, and a changed comment repeats nothing.
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
            context={"comment": comment, "place": comment.place, "writer": comment.author},
            url=url,
            key=f"comment:{comment.pk}",
            about=comment,
        )


def tell_hidden(row: Comment | Topic, reason: str, key: str) -> None:
    """Tell the author why readers do not see it any more."""
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
    """Tell who decides about it that there is a report to look at; more reports of the same thing tell nothing more,
    until it was settled."""
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
    """How often moderators have settled reports of this thing: whoever reports it afterwards asks anew."""
    same = Report.objects.filter(kind=report.kind, about_id=report.about_id)
    return same.exclude(settled_at=None).values("settled_at").distinct().count()
