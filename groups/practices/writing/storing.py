"""Store members' uploads: each as soon as it is chosen, or with the form that brings it."""

from functools import partial
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from community.models import User
from content.models import SiteDocument, SiteImage
from content.uploads import check_batch, store_document, store_image

from ..tasks import make_renditions
from .file_forms import FileRows


def upload_picture(*, file: UploadedFile, by: User) -> SiteImage:
    """Store one picture. Raises ValidationError, with a message for the user."""
    check_batch(files=[file], by=by)
    image = store_image(file=file, title=_("Picture"), by=by)
    transaction.on_commit(partial(make_renditions.enqueue, [image.pk]))
    return image


def upload_document(*, file: UploadedFile, by: User) -> SiteDocument:
    """Store one document, titled after its file. Raises ValidationError, with a message for the user."""
    check_batch(files=[file], by=by)
    return store_document(file=file, title=Path(file.name).stem[:150] or _("Document"), by=by)


def store_files(*, rows: FileRows, by: User) -> None:
    """Store each valid file of posted rows and name it in their data. Idempotent.

    It makes no difference if other fields are invalid: nobody should have to choose a file again. A file that can't be
    stored becomes an error of its row.
    """
    for form in rows.to_store():
        try:
            kept = form.store(file=form.cleaned_data["file"], title=form.file_title(), by=by)
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            rows.remember(form, kept)
