import pytest

from ....factories import moderator


@pytest.fixture
def pair(db):
    """Two moderators of the country, so that two reviews are wanted."""
    return moderator("TR"), moderator("TR")
