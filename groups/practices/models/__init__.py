from .adoptions import Again, PracticeTry, TryPicture
from .co_authors import CoAuthor
from .collections import Collection, CollectionEntry
from .edit_locks import EditingLease, KeptWords
from .files import ENDING, ConsentNotice, EndedConsent, PracticeAttachment, PracticeImage
from .following import Follow
from .practices import Practice
from .reads import ReadCount
from .reviews import Appeal, CriterionScore, Outcome, Review, ReviewRound, Score
from .rubrics import Criterion, Rubric
from .saves import SavedPractice
from .sign_offs import SignOffWish
from .tasks import ModerationTask, SignOffTask

__all__ = [
    "ENDING",
    "Again",
    "Appeal",
    "CoAuthor",
    "Collection",
    "CollectionEntry",
    "ConsentNotice",
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
