import pytest
from zeal import zeal_ignore


@pytest.fixture(autouse=True)
def _admin():
    # Wagtail's furniture asks for the person's settings again for each of its parts.
    with zeal_ignore():
        yield
