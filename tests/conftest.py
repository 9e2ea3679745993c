import pytest
from django.core.cache import cache

from .personas import Personas


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rows are rolled back after each test; what the cache remembers of them is not."""
    cache.clear()


@pytest.fixture
def personas(db) -> Personas:
    return Personas()
