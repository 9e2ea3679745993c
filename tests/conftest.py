import pytest

from .personas import Personas


@pytest.fixture
def personas(db) -> Personas:
    return Personas()
