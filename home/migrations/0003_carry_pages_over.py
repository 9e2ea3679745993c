"""Texts become blocks; pages of one topic become translations in the tree of their language."""

import json
import uuid

from django.conf import settings
from django.db import migrations

# The same as in home/public_pages/planting.py, so that what is carried over is known there by its key.
KEYS = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def as_blocks(html):
    return [{"type": "text", "value": html, "id": str(uuid.uuid4())}] if html else []


def step(number):
    """One step of treebeard's paths: four digits of base 36."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits.rjust(4, "0")


def last_step(Page, parent):
    below = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1).order_by("path").last()
    return int(below.path[-4:], 36) if below else 0


def keep_the_texts(apps, schema_editor):
    """Rich text becomes one block, in the pages and in every version of them."""
    StandardPage = apps.get_model("home", "StandardPage")
    Revision = apps.get_model("wagtailcore", "Revision")
    pages = [str(pk) for pk in StandardPage.objects.values_list("pk", flat=True)]
    for page in StandardPage.objects.all():
        page.body = json.dumps(as_blocks(page.old_body))
        page.save(update_fields=["body"])
    kinds = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="home", model="standardpage")
    for revision in Revision.objects.filter(content_type__in=kinds, object_id__in=pages):
        revision.content["body"] = json.dumps(as_blocks(revision.content.get("body") or ""))
        revision.content.pop("topic", None)
        revision.save(update_fields=["content"])


def plant_the_trees(apps, schema_editor):
    """Pages of one topic become translations of one another, each below the home page of its language."""
    Page = apps.get_model("wagtailcore", "Page")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("home", "HomePage")
    StandardPage = apps.get_model("home", "StandardPage")
    home = HomePage.objects.order_by("path").first()
    if home is None:
        return
    known = dict(settings.LANGUAGES)
    homes = {settings.LANGUAGE_CODE: home}
    taken = set()
    for page in StandardPage.objects.order_by("path"):
        code = page.language if page.language in known else settings.LANGUAGE_CODE
        if code not in homes:
            homes[code] = new_home(Page, HomePage, Locale, home, code)
        if page.topic and (page.topic, code) not in taken:
            taken.add((page.topic, code))
            page.translation_key = uuid.uuid5(KEYS, page.topic)
        page.locale_id = homes[code].locale_id
        if code != settings.LANGUAGE_CODE:
            above = homes[code]
            page.path = above.path + step(last_step(Page, above) + 1)
            page.url_path = f"{above.url_path}{page.slug}/"
        page.save(update_fields=["translation_key", "locale", "path", "url_path"])
    for parent in Page.objects.filter(pk__in=[Page.objects.get(depth=1).pk, *(page.pk for page in homes.values())]):
        parent.numchild = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1).count()
        parent.save(update_fields=["numchild"])


def new_home(Page, HomePage, Locale, home, code):
    root = Page.objects.get(depth=1)
    locale, _new = Locale.objects.get_or_create(language_code=code)
    slug = f"home-{code}"
    return HomePage.objects.create(
        title=home.title,
        draft_title=home.title,
        slug=slug,
        path=root.path + step(last_step(Page, root) + 1),
        depth=2,
        numchild=0,
        url_path=f"/{slug}/",
        content_type_id=home.content_type_id,
        locale=locale,
        translation_key=home.translation_key,
        live=True,
        audience=home.audience,
        language=code,
        body="[]",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_translated_pages"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(keep_the_texts, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(plant_the_trees, migrations.RunPython.noop, elidable=True),
    ]
