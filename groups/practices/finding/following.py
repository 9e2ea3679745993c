"""Hearing of new practices of a school, a pillar or a subject."""

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
    """The topic when there is one of that name, such as `pillar:agency`, else ''."""
    kind, _colon, value = text.partition(":")
    return text if kind in TOPICS and value in TOPICS[kind].values else ""


@transaction.atomic
def follow(*, by, school: School | None = None, topic: str = "") -> None:
    """Tell the person of what is new there from now on; again is a no-op. Raises RefusedError for a school that the
    person does not see and for a topic that does not exist."""
    if school is not None and School.objects.visible_to(by).filter(pk=school.pk).exists():
        Follow.objects.get_or_create(user=by, school=school)
    elif school is None and topic_of(topic):
        Follow.objects.get_or_create(user=by, topic=topic)
    else:
        raise RefusedError(_("This cannot be followed."))


def unfollow(*, by, school: School | None = None, topic: str = "") -> None:
    """Do not tell the person any more; again is a no-op."""
    if school is not None:
        Follow.objects.filter(user=by, school=school).delete()
    else:
        Follow.objects.filter(user=by, school=None, topic=topic).delete()


def followed_by(user) -> PracticeQuerySet:
    """The published practices that the person may read of what they follow, their own excepted; two queries in all."""
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
    """What is new since the moment of what the person follows and may read now, newest first: for the dashboard and
    the digest."""
    return followed_by(user).filter(first_published_at__gt=since)


def followers_of(practice: Practice) -> QuerySet[User]:
    """Whoever followed its school, one of its pillars or one of its subjects when it was published, its author
    excepted; by key."""
    topics = [f"pillar:{key}" for key in practice.pillars] + [f"subject:{key}" for key in practice.subjects]
    follows = Follow.objects.filter(Q(school=practice.school_id) | Q(topic__in=topics))
    follows = follows.filter(created_at__lte=practice.first_published_at)
    people = User.objects.filter(is_active=True, pk__in=follows.values("user"))
    return people.exclude(pk=practice.author_id).order_by("pk")
