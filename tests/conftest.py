from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from groups.practices.finding.index import INDEX

from . import migrated
from .personas import Personas


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Whether the tests begin with a database that an earlier run migrated; `migrate` still looks at it."""
    if connection.vendor != "sqlite" or not migrated.kept().exists():
        return False
    migrated.copy(migrated.kept(), Path(connection.settings_dict["TEST"]["NAME"]))
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool) -> None:
    if connection.vendor == "sqlite" and not django_db_keepdb:
        migrated.keep(Path(connection.settings_dict["NAME"]))


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
