"""The list of topics, sorted by their latest activity."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Value

from community.models import User
from content.keyset import Beyond
from content.taxonomy import Pillar

from ..models import Topic

PAGE_SIZE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class TopicPage:
    """A page of topics, with the pinned ones on the first page and the URL of the next page."""

    pinned: list[Topic]
    topics: list[Topic]
    following: str
    is_first: bool


def pillar_of(value: str) -> str:
    """Return the pillar named in the URL; empty if it is unknown."""
    return value if value in Pillar.values else ""


def _position(cursor: str) -> tuple[datetime, int] | None:
    moment, dash, key = cursor.partition("-")
    if not (dash and moment.isascii() and moment.isdecimal() and key.isascii() and key.isdecimal()):
        return None
    if len(moment) > 16 or len(key) > 18:
        return None
    return _EPOCH + timedelta(microseconds=int(moment)), int(key)


def topic_list_page(user: User | AnonymousUser, *, pillar: str = "", cursor: str = "") -> TopicPage:
    """Return the topics after the cursor that the person may read, without a COUNT query."""
    topics = Topic.objects.open_to(user).for_list()
    if pillar:
        topics = topics.filter(pillar=pillar)
    start = _position(cursor)
    pinned = [] if start else list(topics.filter(is_pinned=True).order_by("-last_activity_at", "-pk")[:PAGE_SIZE])
    rest = topics.filter(is_pinned=False)
    if start:
        rest = rest.filter(Beyond(F("last_activity_at"), F("pk"), Value(start[0]), Value(start[1]), sign="<"))
    rows = list(rest.order_by("-last_activity_at", "-pk")[: PAGE_SIZE + 1])
    following = ""
    if len(rows) > PAGE_SIZE:
        rows = rows[:PAGE_SIZE]
        moment = (rows[-1].last_activity_at - _EPOCH) // timedelta(microseconds=1)
        following = "?" + (f"pillar={pillar}&" if pillar else "") + f"after={moment}-{rows[-1].pk}"
    return TopicPage(pinned, rows, following, start is None)
