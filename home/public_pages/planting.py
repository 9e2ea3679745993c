"""The initial public pages of a site, in each language that has a file in this folder."""

import tomllib
import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from community.access import Audience

from ..models import HomePage, PillarPage, StandardPage, TranslatedPage

FOLDER = Path(__file__).parent
# Pages with the same key are translations of one another. Migration 0003 uses the keys too.
KEYS = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


def texts_of(code: str) -> dict:
    """Return the home page and pages of a language, or {} if it has no file yet."""
    file = FOLDER / f"{code}.toml"
    return tomllib.loads(file.read_text()) if file.exists() else {}


@transaction.atomic
def plant_pages(*, missing: bool = False) -> int:
    """Publish the initial public pages in every language that has texts, and return how many.

    Pages that editors deleted stay deleted unless `missing` is set. Existing pages are left unchanged.
    """
    codes = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != settings.LANGUAGE_CODE)
    return sum(_plant(code, texts, missing) for code in codes if (texts := texts_of(code)))


def _plant(code: str, texts: dict, missing: bool) -> int:
    home = _home_of(code, texts["home"])
    standing = _standing(code)
    wanted = texts["page"] if missing or not standing else []
    rows = [row for row in wanted if uuid.uuid5(KEYS, row["key"]) not in standing]
    # Create all pages before their texts, which link to each other.
    for row in rows:
        key = uuid.uuid5(KEYS, row["key"])
        parent = standing.get(uuid.uuid5(KEYS, row.get("parent", "")), home)
        kind = PillarPage(pillar=row["pillar"]) if "pillar" in row else StandardPage()
        for name in ("title", "slug", "summary"):
            setattr(kind, name, row[name])
        kind.translation_key, kind.locale = key, home.locale
        kind.audience, kind.show_in_menus = Audience.PUBLIC, row.get("menu", False)
        parent.refresh_from_db()
        standing[key] = parent.add_child(instance=kind)
    for row in rows:
        page = standing[uuid.uuid5(KEYS, row["key"])]
        page.body = [_block(block, standing) for block in row["body"]]
        page.save_revision(clean=False).publish()
    if not home.body:
        home.body = [_block(block, standing) for block in texts["home"]["body"]]
        home.save_revision(clean=False).publish()
    return len(rows)


@transaction.atomic
def bring_forms() -> int:
    """Add the feedback form to pages created before it existed, and return how many were changed.

    It goes at the end of the page. An unpublished draft stays unpublished and gets the form too.
    """
    brought = 0
    for code, _name in settings.LANGUAGES:
        standing = _standing(code)
        for row in texts_of(code).get("page", []):
            forms = [_block(block, standing) for block in row["body"] if block["type"] == "feedback"]
            page = standing.get(uuid.uuid5(KEYS, row["key"]))
            brought += bool(forms and page and _append(page, forms))
    return brought


def _append(page: TranslatedPage, blocks: list[tuple[str, object]]) -> bool:
    """Append the blocks, unless the live page or its draft has such blocks. Return whether they were added."""
    kinds = {kind for kind, _value in blocks}
    versions = [page] if page.live else []
    if page.has_unpublished_changes:
        versions.append(page.get_latest_revision_as_object())
    if any(block.block_type in kinds for version in versions for block in version.body):
        return False
    for version in versions:
        version.body.extend(blocks)
        revision = version.save_revision(clean=False)
        if version is page:
            revision.publish()
    return True


def _standing(code: str) -> dict[uuid.UUID, TranslatedPage]:
    found = {}
    for model in (StandardPage, PillarPage):
        found |= {page.translation_key: page for page in model.objects.in_language(code)}
    return found


def _home_of(code: str, texts: dict) -> HomePage:
    """Return the language's home page, created as a translation of the first one if missing."""
    home = HomePage.objects.in_language(code).first()
    if home is None:
        first = HomePage.objects.in_language(settings.LANGUAGE_CODE).get()
        home = first.copy_for_translation(Locale.objects.get(language_code=code))
        home.body = []
    if not home.body:
        home.title = home.draft_title = texts["title"]
        home.summary, home.live = texts["summary"], True
        home.save()
    return home


def _block(block: dict, pages: dict[uuid.UUID, TranslatedPage]) -> tuple[str, object]:
    """Turn a table of the data file into a block of home/public_pages/blocks.py."""
    kind = block["type"]
    value = {name: value for name, value in block.items() if name != "type"}
    if "page" in value:
        value["page"] = pages.get(uuid.uuid5(KEYS, value["page"]))
    return kind, value["text"] if kind == "heading" else value["html"] if kind == "text" else value
