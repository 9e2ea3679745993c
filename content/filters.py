"""What lists take out of an address."""

from django.db import models


def known(value: str | None, vocabulary: type[models.TextChoices]) -> str:
    """The value when it is a key of the vocabulary, '' otherwise: what does not exist filters nothing."""
    return value if value in vocabulary.values else ""
