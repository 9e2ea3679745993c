from .files import PracticeAttachment, PracticeImage
from .practices import Practice
from .tasks import ModerationTask

__all__ = ["ModerationTask", "Practice", "PracticeAttachment", "PracticeImage"]
