from .adoptions import Adoption, AdoptionPicture, Again
from .co_authors import CoAuthor
from .collections import Collection, CollectionEntry
from .edit_locks import ConflictCopy, EditLock
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
    "Adoption",
    "AdoptionPicture",
    "Again",
    "Appeal",
    "CoAuthor",
    "Collection",
    "CollectionEntry",
    "ConflictCopy",
    "ConsentNotice",
    "Criterion",
    "CriterionScore",
    "EditLock",
    "EndedConsent",
    "Follow",
    "ModerationTask",
    "Outcome",
    "Practice",
    "PracticeAttachment",
    "PracticeImage",
    "ReadCount",
    "Review",
    "ReviewRound",
    "Rubric",
    "SavedPractice",
    "Score",
    "SignOffTask",
    "SignOffWish",
]
