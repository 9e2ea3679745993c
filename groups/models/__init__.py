from .co_authors import CoAuthor
from .collections import Collection, CollectionEntry
from .editing import EditingLease, KeptWords
from .files import EndedConsent, PracticeAttachment, PracticeImage
from .following import Follow
from .practices import Practice
from .rubrics import Criterion, Rubric
from .saves import SavedPractice
from .tasks import ModerationTask

__all__ = [
    "CoAuthor",
    "Collection",
    "CollectionEntry",
    "Criterion",
    "EditingLease",
    "EndedConsent",
    "Follow",
    "KeptWords",
    "ModerationTask",
    "Practice",
    "PracticeAttachment",
    "PracticeImage",
    "Rubric",
    "SavedPractice",
]
