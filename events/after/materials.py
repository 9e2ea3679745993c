"""Recordings, slides and handouts, hidden until an organiser releases them."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from content.uploads import check_batch, store_document

from ..errors import EventsError
from ..models import EventPage, Material

MOST = 40


def add_material(
    *,
    event: "EventPage",
    title: str,
    by,
    file: UploadedFile | None = None,
    url: str = "",
    is_recording: bool = False,
    consent: str = "",
    readers: str,
) -> Material:
    """Add a file or an external link to the event, visible only to organisers until released.

    Raises EventsError unless exactly one of `file` and `url` is given, if the file is rejected, or if there are MOST
    already.
    """
    if bool(file) == bool(url):
        raise EventsError(_("Add either a file or a web address."))
    if event.materials.count() >= MOST:
        raise EventsError(_("You can add up to %(number)d materials.") % {"number": MOST})
    try:
        check_batch(files=[file] if file else [], by=by)
        document = store_document(file=file, title=title, by=by) if file else None
    except ValidationError as error:
        raise EventsError(" ".join(error.messages)) from error
    return Material.objects.create(
        event=event,
        title=title,
        document=document,
        url=url,
        is_recording=is_recording,
        consent=consent,
        readers=readers,
        added_by=by,
    )


def release(*, material: Material, consent: str = "") -> None:
    """Show the material to its readers. Idempotent. `consent`, if given, replaces the note of who agreed.

    Raises EventsError for a recording without such a note.
    """
    consent = consent.strip()[:500] or material.consent
    if material.is_recording and not consent.strip():
        raise EventsError(_("First note who agreed to the recording. This means everyone seen or heard in it."))
    held = Material.objects.filter(pk=material.pk, live=False)
    held.update(live=True, released_at=timezone.now(), consent=consent)


def hold_back(*, material: Material) -> None:
    """Hide released material again, for example after someone withdraws consent. Idempotent."""
    Material.objects.filter(pk=material.pk).update(live=False)


@transaction.atomic
def remove_material(*, material: Material) -> None:
    """Delete the material, and its file if nothing else uses it."""
    document = material.document
    material.delete()
    if document is not None and not ReferenceIndex.get_references_to(document).exists():
        # The reference index lags behind. If a practice has just used the file, only the foreign key knows.
        with suppress(ProtectedError):
            document.delete()
