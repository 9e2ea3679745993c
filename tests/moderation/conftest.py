import pytest
from zeal import zeal_ignore


@pytest.fixture(autouse=True)
def _admin():
    # Wagtail's templates query the person's settings again in each of their parts.
    with zeal_ignore():
        yield
