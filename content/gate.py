"""Access control for every image, rendition and document. There is no public media URL."""

from collections.abc import Callable

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from wagtail import hooks
from wagtail.models import ReferenceIndex

from community.access import is_moderator, object_decides
from community.models import User

from .collections import is_editors_file
from .models import Rendition, SiteDocument, SiteImage

StoredFile = SiteImage | SiteDocument
REVIEWED_FILES_HOOK = "register_files_in_review"
DRAFT_FILES_HOOK = "register_files_in_drafts"
WITHHELD_FILES_HOOK = "register_withheld_files"
Shows = Callable[[User, StoredFile], bool]
Withholds = Callable[[StoredFile], bool]


def shown_in_review(user: User, file: StoredFile) -> bool:
    """Return whether something the person reviews, as moderator or lead, shows the file."""
    checks: list[Shows] = hooks.get_hooks(REVIEWED_FILES_HOOK)
    return any(shows(user, file) for shows in checks)


def shown_in_drafts(user: User, file: StoredFile) -> bool:
    """Return whether a draft the person co-authors shows the file."""
    checks: list[Shows] = hooks.get_hooks(DRAFT_FILES_HOOK)
    return any(shows(user, file) for shows in checks)


def withheld_from_readers(file: StoredFile) -> bool:
    """Return whether the file is now withheld from everyone but its authors."""
    checks: list[Withholds] = hooks.get_hooks(WITHHELD_FILES_HOOK)
    return any(withholds(file) for withholds in checks)


def find_file(name: str) -> StoredFile | None:
    """Return the image or document with this stored name."""
    folder = name.partition("/")[0]
    if folder == "images":
        rendition = Rendition.objects.filter(file=name).select_related("image").first()
        return rendition and rendition.image
    if folder == "original_images":
        return SiteImage.objects.filter(file=name).first()
    if folder == "documents":
        return SiteDocument.objects.filter(file=name).first()
    return None


def may_see_file(user, file: StoredFile) -> bool:
    """Return whether the person may open the file.

    The uploader and co-authors always may. Unless an app withholds the file, reviewers may see what they decide on,
    moderators may see shared files, and everyone may see a file shown by something visible to them, provided that
    nothing published but hidden from them shows it too. A file that nothing shows is private.
    """
    if user.is_authenticated and file.uploaded_by_user_id == user.pk:
        return True
    if not withheld_from_readers(file) and _is_readable(user, file):
        return True
    return user.is_authenticated and shown_in_drafts(user, file)


def _is_readable(user, file: StoredFile) -> bool:
    if is_moderator(user) and is_editors_file(file):
        return True
    if user.is_authenticated and shown_in_review(user, file):
        return True
    owners: dict[type, list[str]] = {}
    for reference in ReferenceIndex.get_references_to(file).select_related("content_type"):
        owners.setdefault(reference.content_type.model_class(), []).append(reference.object_id)
    seen = False
    for model, ids in owners.items():
        if not hasattr(model.objects, "visible_to"):
            return False
        visible = set(model.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
        if model.objects.filter(pk__in=ids, live=True).exclude(pk__in=visible).exists():
            return False
        seen = seen or bool(visible)
    return seen


@object_decides
def serve_file(request: HttpRequest, name: str) -> HttpResponse:
    """Serve a stored file to those who may see it. Answer 404 to everyone else, as for a missing file."""
    file = find_file(name)
    if file is None or not may_see_file(request.user, file):
        raise Http404
    attachment = isinstance(file, SiteDocument)
    if settings.X_ACCEL_LOCATION:
        response = HttpResponse(headers={"X-Accel-Redirect": settings.X_ACCEL_LOCATION + name, "Content-Type": ""})
    elif default_storage.exists(name):
        response = FileResponse(default_storage.open(name))
    else:
        raise Http404
    if attachment:
        response["Content-Disposition"] = f'attachment; filename="{file.pk}.{file.file_extension}"'
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, public=True, max_age=3600)
    return response
