"""Rules on who may write in a place and for which school, and who manages a topic."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils.translation import gettext as _

from community.access import access_of, is_moderator, moderates, refusal_to_contribute
from community.models import User

from .errors import DiscussionsError, RefusedError
from .models import Topic
from .models.comments import LONGEST
from .places import kind_of


def refusal_to_talk(user: User | AnonymousUser) -> str:
    """Return the reason a reader may not comment; empty for contributors and moderators."""
    return "" if is_moderator(user) else refusal_to_contribute(user)


def refusal_to_comment(place: Model, user: User | AnonymousUser) -> str:
    """Return the reason the person may not comment here; empty if they may."""
    return kind_of(place).refusal(place) or refusal_to_talk(user)


def school_to_write_for(user: User, school_id: int | None) -> int | None:
    """Return the school the person writes for; None if they write for none, such as moderators. Raises RefusedError."""
    own = access_of(user).contributing_school_ids
    if not own:
        return None
    if school_id is None and len(own) == 1:
        return own[0]
    if school_id not in own:
        raise RefusedError(_("You don’t write for this school at the moment."))
    return school_id


def checked_text(text: str) -> str:
    """Return the text stripped. Raises DiscussionsError if it is empty or too long."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DiscussionsError(_("Write something first."))
    if len(text) > LONGEST:
        raise DiscussionsError(
            _("This is too long. A comment can have up to %(limit)d characters.") % {"limit": LONGEST}
        )
    return text


def locked_place(place: Model, by: User) -> Model:
    """Lock the place to serialise writes. Raises RefusedError if the person may not read it."""
    if not kind_of(place).visible_to(by).filter(pk=place.pk).exists():
        raise RefusedError(_("You can only comment on things you can read."))
    return type(place).objects.select_for_update().get(pk=place.pk)


def may_manage_topic(topic: Topic, user: User) -> bool:
    """Return whether the person may close the topic, mark its answer and run its poll: its author and its country's
    moderators."""
    return topic.author_id == user.pk or moderates(user, topic.country)


def check_manages_topic(topic: Topic, by: User) -> None:
    """Raise RefusedError if the person may not manage the topic."""
    if not may_manage_topic(topic, by):
        raise RefusedError(_("Only the author and moderators can do this."))
