"""Uploads stored as soon as they are chosen, one request per file, so that each can be retried."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import contributors_only
from content.models import SiteDocument, SiteImage

from .file_forms import AttachmentRows, FileRows, PictureRows
from .storing import upload_document, upload_picture


@dataclass(frozen=True)
class Kind:
    """A kind of upload: its formset, model, row template and verb."""

    rows: type[FileRows]
    model: type[SiteImage | SiteDocument]
    template: str
    upload: Callable[..., SiteImage | SiteDocument]


KINDS = {
    "images": Kind(PictureRows, SiteImage, "practices/writing/picture_row.html", upload_picture),
    "attachments": Kind(AttachmentRows, SiteDocument, "practices/writing/attachment_row.html", upload_document),
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
        kept = asked.upload(file=file, by=request.user)
    except ValidationError as refused:
        return JsonResponse({"error": " ".join(refused.messages)}, status=422)
    allowed = asked.model.objects.filter(pk=kept.pk)
    row = {asked.rows.form.kept_field: kept, "title": kept.title}
    rows = asked.rows(prefix=kind, initial=[row], form_kwargs={"allowed": allowed})
    html = render_to_string(asked.template, {"row": rows.forms[0]}, request)
    return JsonResponse({"html": html})
