from .co_authors import CoAuthor
from .collections import Collection, CollectionEntry
from .editing import EditingLease, KeptWords
from .files import EndedConsent, PracticeAttachment, PracticeImage
from .following import Follow
from .practices import Practice
from .reads import ReadCount
from .reviews import Appeal, CriterionScore, Outcome, Review, ReviewRound, Score
from .rubrics import Criterion, Rubric
from .saves import SavedPractice
from .sign_offs import SignOffWish
from .tasks import ModerationTask, SignOffTask
from .tries import Again, PracticeTry, TryPicture

__all__ = [
    "Again",
    "Appeal",
    "CoAuthor",
    "Collection",
    "CollectionEntry",
    "Criterion",
    "CriterionScore",
    "EditingLease",
    "EndedConsent",
    "Follow",
    "KeptWords",
    "ModerationTask",
    "Outcome",
    "Practice",
    "PracticeAttachment",
    "PracticeImage",
    "PracticeTry",
    "ReadCount",
    "Review",
    "ReviewRound",
    "Rubric",
    "SavedPractice",
    "Score",
    "SignOffTask",
    "SignOffWish",
    "TryPicture",
]
