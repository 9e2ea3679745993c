"""Setup of the page tree and the moderators' permissions that the site needs. Idempotent."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from community.access import Audience
from community.moderators import moderators_group
from content.collections import editors_files
from events.models import EventIndexPage
from learning.models import LearningIndexPage

from .frame.navigation import EVENTS_SLUG, LEARNING_SLUG
from .models import HomePage


@transaction.atomic
def set_up_site() -> HomePage:
    """Create missing languages, the first home page, the two indexes and the moderators' permissions."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    home = HomePage.objects.in_language(settings.LANGUAGE_CODE).first() or _plant_home()
    for model, slug, title in (
        (EventIndexPage, EVENTS_SLUG, _("Online events")),
        (LearningIndexPage, LEARNING_SLUG, _("Professional development")),
    ):
        if not model.objects.exists():
            # The index is public. Each page in it has its own audience.
            home.add_child(instance=model(title=title, slug=slug, audience=Audience.PUBLIC))
    _grant(moderators_group(), home.get_parent())
    return home


def _plant_home() -> HomePage:
    root = Page.get_first_root_node()
    # Wagtail's first migration creates a welcome page under the slug of our home page.
    root.get_children().filter(slug="home", depth=2).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="eTwinning Schools", slug="home", audience=Audience.PUBLIC))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return home


def _grant(group: Group, root: Page) -> None:
    """Allow moderators to edit pages and add images and documents. community/access/ names the moderators."""
    # Granted on the root, because every language's home page is below it, including later translations.
    for codename in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtail_localize", codename="submit_translation")
    )
    # Permissions on the root collection, which Wagtail gives its own groups, would include members' uploads: pictures
    # of pupils and documents of drafts.
    editors = editors_files()
    GroupCollectionPermission.objects.filter(group=group).exclude(collection=editors).delete()
    # Wagtail checks the permissions of its own models, even if the site uses custom ones.
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in ("add", "change", "choose"):
            permission = Permission.objects.get(content_type__app_label=app, codename=f"{action}_{model}")
            GroupCollectionPermission.objects.get_or_create(group=group, collection=editors, permission=permission)
