"""Comments on practices, and discussion topics."""

import uuid
from datetime import datetime, timedelta

from community.models import User
from groups.discussions.comments.commenting import count, write
from groups.discussions.models import Comment, Poll, Topic
from groups.discussions.polls.polling import add_poll, vote
from groups.discussions.topics.managing import begin_topic, mark_answer
from groups.practices.models import Practice
from groups.practices.writing.invitable import contributing

from . import texts
from .personas import PERSONAS


def seed_discussions(now: datetime) -> None:
    """Write every comment and topic in the data file, dated as it says."""
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
        Comment.objects.in_place(topic).update(created_at=begun)
        for answer in row["answer"]:
            comment = _thread(topic, answer, people, now)
            if answer.get("answers_it"):
                mark_answer(topic=topic, answer=comment, by=by)
        if "poll" in row:
            _poll(topic, row["poll"], now)


def _poll(topic: Topic, row: dict, now: datetime) -> None:
    """Add a poll with the votes in the data file, each from a different member. Options are named by number."""
    words = {name: row[name] for name in ("question", "options", "takes_several") if name in row}
    poll = add_poll(topic=topic, by=topic.author, **words)
    options = list(poll.options.all())
    # Leave the personas without a vote, so that people trying the demonstration can cast one.
    voters = contributing().exclude(email__in=[persona.email for persona in PERSONAS]).order_by("email")
    for voter, numbers in zip(voters, row["ballots"], strict=False):
        vote(topic=topic, by=voter, options=[options[number - 1].pk for number in numbers])
    Poll.objects.filter(pk=poll.pk).update(ends_at=now + timedelta(days=row["ends_in_days"]))


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
