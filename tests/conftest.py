from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test import client
from django.test.client import store_rendered_templates
from django.utils import translation

from groups.practices.finding.index import INDEX
from notifications import delivery

from . import migrated
from .personas import Personas


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Return whether the tests start from a database that an earlier run migrated. `migrate` still checks it."""
    if connection.vendor != "sqlite" or not migrated.kept().exists():
        return False
    migrated.copy(migrated.kept(), Path(connection.settings_dict["TEST"]["NAME"]))
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool) -> None:
    if connection.vendor == "sqlite" and not django_db_keepdb:
        migrated.keep(Path(connection.settings_dict["NAME"]))


def _store_page(store: dict, template: Template, context: Context, **_signal: object) -> None:
    """Keep the context of a whole page only. Copying those of all its parts took a sixth of every request."""
    if context.template is template:
        store_rendered_templates(store, None, None, template, context)


@pytest.fixture(scope="session", autouse=True)
def _pages_keep_one_context() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", _store_page)
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Clear caches, which the rollback after each test does not undo."""
    cache.clear()
    INDEX.forget()


@pytest.fixture(autouse=True)
def _the_language_of_the_tests() -> Iterator[None]:
    """Reset the language, which a request to a Turkish address leaves active in the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _every_message_leads_to_its_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the address of every message in every language, because most readers of the tests speak English."""

    def rendered(message: str, context: dict, url: Callable[[], str]) -> dict[str, str]:
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                assert translation.get_language_from_path(url()) in {code, None}, f"{message} leads to {url()}"
        return render(message, context, url)

    render = delivery._rendered
    monkeypatch.setattr(delivery, "_rendered", rendered)


@pytest.fixture
def personas(db) -> Personas:
    return Personas()
