import pytest

from ....factories import moderator


@pytest.fixture
def pair(db):
    """Return two moderators of the country, so that two reviews are required."""
    return moderator("TR"), moderator("TR")
