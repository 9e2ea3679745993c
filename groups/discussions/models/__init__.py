from .comments import Comment, CommentVersion
from .polls import Ballot, Poll, PollOption
from .subscriptions import PracticeSubscription
from .topics import Topic, TopicSubscription

__all__ = [
    "Ballot",
    "Comment",
    "CommentVersion",
    "Poll",
    "PollOption",
    "PracticeSubscription",
    "Topic",
    "TopicSubscription",
]
