"""Uploads stored as soon as they are chosen, one request per file, so that each can be retried."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import contributors_only
from content.models import SiteDocument, SiteImage
from content.uploads import check_batch, store_document, store_image

from ..tasks import make_renditions
from .file_forms import AttachmentRows, FileRows, PictureRows


@dataclass(frozen=True)
class Kind:
    """A kind of upload: its formset, model, row template and storing function."""

    rows: type[FileRows]
    model: type[SiteImage | SiteDocument]
    template: str
    keep: Callable[[UploadedFile, object], dict]


def _keep_picture(file: UploadedFile, by) -> dict:
    image = store_image(file=file, title=_("Picture"), by=by)
    transaction.on_commit(partial(make_renditions.enqueue, [image.pk]))
    return {"image": image}


def _keep_document(file: UploadedFile, by) -> dict:
    # The file name is only a default title; the author can change it.
    title = Path(file.name).stem[:150] or _("Document")
    return {"document": store_document(file=file, title=title, by=by), "title": title}


KINDS = {
    "images": Kind(PictureRows, SiteImage, "practices/writing/picture_row.html", _keep_picture),
    "attachments": Kind(AttachmentRows, SiteDocument, "practices/writing/attachment_row.html", _keep_document),
}


@contributors_only
@require_POST
def practice_upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Store one file for the person and return its form row as HTML; without a file, return an error message."""
    if kind not in KINDS:
        raise Http404
    asked, file = KINDS[kind], request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": _("Choose a file.")})
    try:
        check_batch(files=[file], by=request.user)
        kept = asked.keep(file, request.user)
    except ValidationError as refused:
        return JsonResponse({"error": " ".join(refused.messages)}, status=422)
    allowed = asked.model.objects.filter(pk=kept[asked.rows.form.kept_field].pk)
    rows = asked.rows(prefix=kind, initial=[kept], form_kwargs={"allowed": allowed})
    html = render_to_string(asked.template, {"row": rows.forms[0]}, request)
    return JsonResponse({"html": html})
