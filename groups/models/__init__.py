from .co_authors import CoAuthor
from .collections import Collection, CollectionEntry
from .comments import Comment, CommentVersion
from .editing import EditingLease, KeptWords
from .files import ENDING, ConsentNotice, EndedConsent, PracticeAttachment, PracticeImage
from .following import Follow
from .listening import PracticeSubscription
from .polls import Ballot, Poll, PollOption
from .practices import Practice
from .reads import ReadCount
from .reports import Report
from .reviews import Appeal, CriterionScore, Outcome, Review, ReviewRound, Score
from .rubrics import Criterion, Rubric
from .saves import SavedPractice
from .sign_offs import SignOffWish
from .tasks import ModerationTask, SignOffTask
from .topics import Topic, TopicSubscription
from .tries import Again, PracticeTry, TryPicture

__all__ = [
    "ENDING",
    "Again",
    "Appeal",
    "Ballot",
    "CoAuthor",
    "Collection",
    "CollectionEntry",
    "Comment",
    "CommentVersion",
    "ConsentNotice",
    "Criterion",
    "CriterionScore",
    "EditingLease",
    "EndedConsent",
    "Follow",
    "KeptWords",
    "ModerationTask",
    "Outcome",
    "Poll",
    "PollOption",
    "Practice",
    "PracticeAttachment",
    "PracticeImage",
    "PracticeSubscription",
    "PracticeTry",
    "ReadCount",
    "Report",
    "Review",
    "ReviewRound",
    "Rubric",
    "SavedPractice",
    "Score",
    "SignOffTask",
    "SignOffWish",
    "Topic",
    "TopicSubscription",
    "TryPicture",
]
