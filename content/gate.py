"""The one door to every image, rendition and document. There is no public media URL."""

from collections.abc import Callable

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from wagtail.models import ReferenceIndex

from community.access import is_moderator, object_decides

from .collections import is_editors_file
from .models import Rendition, SiteDocument, SiteImage

StoredFile = SiteImage | SiteDocument
Shows = Callable[[object, StoredFile], bool]
Withholds = Callable[[StoredFile], bool]
_reviews: list[Shows] = []
_drafts: list[Shows] = []
_withheld: list[Withholds] = []


def shown_in_review(shows: Shows) -> Shows:
    """Register a room's answer to: does something that this person, moderator or lead, decides on show this file?"""
    if shows not in _reviews:
        _reviews.append(shows)
    return shows


def shown_in_drafts(shows: Shows) -> Shows:
    """Register a room's answer to: does something that this person writes together with others show this file?"""
    if shows not in _drafts:
        _drafts.append(shows)
    return shows


def withheld_from_readers(withholds: Withholds) -> Withholds:
    """Register a room's answer to: may nobody but its authors see this file any more?"""
    if withholds not in _withheld:
        _withheld.append(withholds)
    return withholds


def find_file(name: str) -> StoredFile | None:
    """The image or document that a stored name belongs to."""
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
    """Whether the person may open the file: its uploader and who writes with them always; who decides on something,
    what it shows; moderators what they share; everyone when something they see shows it and nothing published that
    they may not see shows it too. A file that nothing shows, and one that a room withholds, is private."""
    if user.is_authenticated and file.uploaded_by_user_id == user.pk:
        return True
    if not any(withholds(file) for withholds in _withheld) and _is_readable(user, file):
        return True
    return user.is_authenticated and any(shows(user, file) for shows in _drafts)


def _is_readable(user, file: StoredFile) -> bool:
    if is_moderator(user) and is_editors_file(file):
        return True
    if user.is_authenticated and any(shows(user, file) for shows in _reviews):
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
    """Serve a stored file to whoever may see it; 404 to everyone else, as for a file that does not exist."""
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
