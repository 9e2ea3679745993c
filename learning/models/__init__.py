from .completions import Completion
from .pages import LearningIndexPage, ResourcePage

__all__ = ["Completion", "LearningIndexPage", "ResourcePage"]
