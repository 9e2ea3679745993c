from .comments import Comment, CommentVersion
from .polls import Ballot, Poll, PollOption
from .subscriptions import Subscription
from .topics import Topic

__all__ = [
    "Ballot",
    "Comment",
    "CommentVersion",
    "Poll",
    "PollOption",
    "Subscription",
    "Topic",
]
