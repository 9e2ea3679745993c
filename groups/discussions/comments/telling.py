"""Notifications about comments. Each person is notified of a comment at most once."""

from collections.abc import Iterable

from community.models import User
from notifications.delivery import notify

from ..mentions.naming import named_in
from ..models import Comment, Subscription
from ..places import kind_of


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
    if kind.authors_message:
        _notify(comment, kind.authors(comment.place), kind.authors_message)
    subscriptions = Subscription.objects.in_place(comment.place)
    _notify(comment, User.objects.filter(pk__in=subscriptions.values("user")), "topic_answered")


def _notify(comment: Comment, people: Iterable[User | None], message: str) -> None:
    notify(
        recipients=(person for person in people if person and _may_hear(person, comment)),
        message=f"discussions/{message}",
        context={
            "comment": comment,
            "place": comment.place,
            "kind": kind_of(comment.place),
            "writer": comment.author,
        },
        url=comment.get_absolute_url,
        key=f"comment:{comment.pk}",
        about=comment,
    )


def _may_hear(person: User, comment: Comment) -> bool:
    if not person.is_active or person.pk == comment.author_id:
        return False
    return Comment.objects.visible_to(person).filter(pk=comment.pk).exists()
