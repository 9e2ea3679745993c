"""What people say about practices, and the topics of the group."""

import uuid
from datetime import datetime, timedelta

from community.models import User
from groups.discussion.commenting import count, write
from groups.discussion.topics import begin_topic, mark_answer
from groups.models import Comment, Practice, Topic

from . import texts


def seed_discussions(now: datetime) -> None:
    """Write every comment and topic of the data file, at the time it names."""
    data = texts.tables("discussions.toml")
    people = {person.email: person for person in User.objects.all()}
    practices = {practice.title: practice for practice in Practice.objects.published()}
    for row in data["comment"]:
        _thread(practices[row["practice"]], row, people, now)
    for row in data["topic"]:
        by = people[row["who"]]
        words = {name: row.get(name, "") for name in ("title", "text", "pillar")}
        topic = begin_topic(by=by, token=uuid.uuid4(), is_announcement=row.get("announcement", False), **words)
        begun = now - timedelta(days=row["days_ago"])
        Topic.objects.filter(pk=topic.pk).update(created_at=begun)
        topic.comments.update(created_at=begun)
        for answer in row["answer"]:
            comment = _thread(topic, answer, people, now)
            if answer.get("answers_it"):
                mark_answer(topic=topic, answer=comment, by=by)


def _thread(place: Practice | Topic, row: dict, people: dict[str, User], now: datetime) -> Comment:
    first = _comment(place, row, people, now)
    for reply in row.get("reply", []):
        _comment(place, reply, people, now, parent=first)
    count(place)
    return first


def _comment(place: Practice | Topic, row: dict, people: dict, now: datetime, parent: Comment | None = None) -> Comment:
    comment = write(place=place, by=people[row["who"]], text=row["text"], token=uuid.uuid4(), parent=parent)
    Comment.objects.filter(pk=comment.pk).update(created_at=now - timedelta(days=row["days_ago"]))
    return comment
