"""Follow a school, a pillar or a subject for new practices."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from community.models import School, User

from ..errors import RefusedError
from ..models import Follow, Practice
from ..models.following import TOPICS
from ..models.querysets import PracticeQuerySet


def topic_of(text: str) -> str:
    """Return the topic if it exists, such as `pillar:agency`, else ''."""
    kind, _colon, value = text.partition(":")
    return text if kind in TOPICS and value in TOPICS[kind].values else ""


@transaction.atomic
def follow(*, by, school: School | None = None, topic: str = "") -> None:
    """Notify the person of new practices from now on. Idempotent. Raises RefusedError for a school the person can't
    see and for an unknown topic."""
    if school is not None and School.objects.visible_to(by).filter(pk=school.pk).exists():
        Follow.objects.get_or_create(user=by, school=school)
    elif school is None and topic_of(topic):
        Follow.objects.get_or_create(user=by, topic=topic)
    else:
        raise RefusedError(_("You can’t follow this."))


def unfollow(*, by, school: School | None = None, topic: str = "") -> None:
    """Stop following. Idempotent."""
    if school is not None:
        Follow.objects.filter(user=by, school=school).delete()
    else:
        Follow.objects.filter(user=by, school=None, topic=topic).delete()


def followed_by(user) -> PracticeQuerySet:
    """Return readable published practices from what the person follows, except their own; two queries in total."""
    schools, topics = [], Q()
    for school, topic in Follow.objects.filter(user=user).values_list("school", "topic"):
        if school:
            schools.append(school)
        else:
            kind, _colon, value = topic.partition(":")
            topics |= Q(**{f"{kind}s__includes": value})
    if not schools and not topics:
        return Practice.objects.none()
    practices = (
        Practice.objects.visible_to(user).published().exclude(pk__in=Practice.objects.written_by(user).values("pk"))
    )
    return practices.filter(Q(school__in=schools) | topics)


def new_for(user, since: datetime) -> PracticeQuerySet:
    """Return practices the person follows first published after `since`, newest first, for the dashboard and digest."""
    return followed_by(user).filter(first_published_at__gt=since)


def followers_of(practice: Practice) -> QuerySet[User]:
    """Return the people who followed its school, a pillar or a subject of it at publication, except its author; by
    key."""
    topics = [f"pillar:{key}" for key in practice.pillars] + [f"subject:{key}" for key in practice.subjects]
    follows = Follow.objects.filter(Q(school=practice.school_id) | Q(topic__in=topics))
    follows = follows.filter(created_at__lte=practice.first_published_at)
    people = User.objects.filter(is_active=True, pk__in=follows.values("user"))
    return people.exclude(pk=practice.author_id).order_by("pk")
