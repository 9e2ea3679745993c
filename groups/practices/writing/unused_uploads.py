"""Cleanup of unused uploads and abandoned conflict copies."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from wagtail.models import ReferenceIndex, Revision, TaskState

from content.collections import members_uploads
from content.models import SiteDocument, SiteImage

from ..models import ConflictCopy, Practice

# Long enough for a form that was left open over a holiday.
KEPT = timedelta(days=30)


def remove_leftovers(at: datetime | None = None) -> int:
    """Delete members' uploads and conflict copies older than 30 days; return the number of files.

    Files in a live, latest or reviewed version of a practice stay, and so do files referenced elsewhere on the site.
    The rest would use up their owners' quota. Idempotent.
    """
    before = (at or timezone.now()) - KEPT
    ConflictCopy.objects.filter(kept_at__lt=before).delete()
    images, documents = _in_versions()
    number = 0
    for model, used in ((SiteImage, images), (SiteDocument, documents)):
        old = model.objects.filter(
            collection=members_uploads(), uploaded_by_user__isnull=False, created_at__lt=before
        ).exclude(pk__in=used)
        for file in old.iterator():
            number += _removed(file)
    return number


def _removed(file: SiteImage | SiteDocument) -> bool:
    if ReferenceIndex.get_references_to(file).exists():
        return False
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        # Used by something outside the reference index.
        return False
    return True


def _in_versions() -> tuple[set[int], set[int]]:
    """Return the ids of pictures and documents in versions that can still be read or compared."""
    kind = ContentType.objects.get_for_model(Practice)
    named = Practice.objects.values_list("latest_revision", "live_revision")
    reviewed = TaskState.objects.filter(workflow_state__base_content_type=kind).values("revision")
    wanted = {pk for pair in named for pk in pair if pk}
    versions = Revision.objects.filter(base_content_type=kind).filter(Q(pk__in=wanted) | Q(pk__in=reviewed))
    images, documents = set(), set()
    for content in versions.values_list("content", flat=True).iterator():
        images |= {content.get("cover"), *(row.get("image") for row in content.get("images", []))}
        documents |= {row.get("document") for row in content.get("attachments", [])}
    return images - {None}, documents - {None}
