from .collections import Collection, CollectionEntry
from .files import PracticeAttachment, PracticeImage
from .following import Follow
from .practices import Practice
from .rubrics import Criterion, Rubric
from .saves import SavedPractice
from .tasks import ModerationTask

__all__ = [
    "Collection",
    "CollectionEntry",
    "Criterion",
    "Follow",
    "ModerationTask",
    "Practice",
    "PracticeAttachment",
    "PracticeImage",
    "Rubric",
    "SavedPractice",
]
