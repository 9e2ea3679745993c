"""The list of topics, sorted by their latest activity."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from community.models import User
from content.keyset import Keyset, Moments, Start
from content.taxonomy import Pillar

from ..models import Topic

PAGE_SIZE = 20
BY_ACTIVITY = Keyset("last_activity_at", Moments())


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


def topic_list_page(user: User | AnonymousUser, *, pillar: str = "", cursor: str = "") -> TopicPage:
    """Return the topics after the cursor that the person may read, without a COUNT query."""
    topics = Topic.objects.open_to(user).for_list()
    if pillar:
        topics = topics.filter(pillar=pillar)
    start = Start(BY_ACTIVITY.read(cursor))
    is_first = start.position is None
    pinned = list(BY_ACTIVITY.beyond(topics.filter(is_pinned=True), start)[:PAGE_SIZE]) if is_first else []
    page = BY_ACTIVITY.page(topics.filter(is_pinned=False), start, PAGE_SIZE)
    following = page.link("after", f"pillar={pillar}" if pillar else "")
    return TopicPage(pinned, page.rows, following, is_first)
