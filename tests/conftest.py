import pytest
from django.core.cache import cache

from groups.finding.index import INDEX

from .personas import Personas


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rows are rolled back after each test; what the cache remembers of them is not."""
    cache.clear()
    INDEX.forget()


@pytest.fixture
def personas(db) -> Personas:
    return Personas()
