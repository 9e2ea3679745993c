"""Where files are kept in Wagtail's library: rights over files are given by collection."""

from wagtail.models import Collection

# Pupils' pictures and drafts' documents. Nobody has rights over it: members handle their files in forms of the site.
MEMBERS_UPLOADS = "Members’ uploads"
# What moderators add for pages, and share with each other.
EDITORS = "Editors"


def members_uploads() -> Collection:
    """The collection of what members upload."""
    return _under_root(MEMBERS_UPLOADS)


def editors_files() -> Collection:
    """The collection of what moderators add in the admin."""
    return _under_root(EDITORS)


def _under_root(name: str) -> Collection:
    """A collection directly under the root, created when it is first asked for; rights on the root reach all."""
    found = Collection.objects.filter(name=name, depth=2).order_by("pk").first()
    return found or Collection.get_first_root_node().add_child(name=name)


def is_editors_file(file) -> bool:
    """Whether moderators share the file with each other: it lies in their collection or below it."""
    editors = Collection.objects.filter(name=EDITORS, depth=2).order_by("pk").first()
    return editors is not None and file.collection.path.startswith(editors.path)
