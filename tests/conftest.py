from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from groups.finding.index import INDEX

from .personas import Personas


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rows are rolled back after each test; what the cache remembers of them is not."""
    cache.clear()
    INDEX.forget()


@pytest.fixture(autouse=True)
def _the_language_of_the_tests() -> Iterator[None]:
    """A request to a Turkish address leaves its language behind in the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def personas(db) -> Personas:
    return Personas()
