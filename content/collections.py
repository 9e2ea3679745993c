"""Collections of Wagtail's file library, which carry the permissions on files."""

from wagtail.models import Collection

# Pupils' pictures and documents of drafts. No group has permissions on it; members use the site's own forms.
MEMBERS_UPLOADS = "Members’ uploads"
# Files that moderators add for pages, and share with each other.
EDITORS = "Editors"


def members_uploads() -> Collection:
    """Return the collection of members' uploads."""
    return _under_root(MEMBERS_UPLOADS)


def editors_files() -> Collection:
    """Return the collection of files moderators add in the admin."""
    return _under_root(EDITORS)


def _under_root(name: str) -> Collection:
    """Return the collection directly under the root, creating it on first use. Root permissions apply to all."""
    found = Collection.objects.filter(name=name, depth=2).order_by("pk").first()
    return found or Collection.get_first_root_node().add_child(name=name)


def is_editors_file(file) -> bool:
    """Return whether the file is in the editors' collection, or below it, and so shared among moderators."""
    editors = Collection.objects.filter(name=EDITORS, depth=2).order_by("pk").first()
    return editors is not None and file.collection.path.startswith(editors.path)
