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
Reviews = Callable[[object, StoredFile], bool]
_reviews: list[Reviews] = []


def shown_in_review(shows: Reviews) -> Reviews:
    """Register a room's answer to: does something that this moderator has to decide on show this file?"""
    if shows not in _reviews:
        _reviews.append(shows)
    return shows


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
    """Whether the person may open the file: its uploader always; moderators what they share and what they review;
    everyone when something they see shows it and nothing published that they may not see shows it too. A file that
    nothing shows is private."""
    if user.is_authenticated and file.uploaded_by_user_id == user.pk:
        return True
    if is_moderator(user) and (is_editors_file(file) or any(shows(user, file) for shows in _reviews)):
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
