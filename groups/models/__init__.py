from .files import PracticeAttachment, PracticeImage
from .practices import Practice
from .rubrics import Criterion, Rubric
from .tasks import ModerationTask

__all__ = ["Criterion", "ModerationTask", "Practice", "PracticeAttachment", "PracticeImage", "Rubric"]
