"""Pictures that are stored the moment somebody chooses them, each in a request of its own that can be tried again."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import contributors_only
from content.models import SiteImage
from content.uploads import check_batch, store_image

from ..tasks import make_renditions
from .file_forms import PictureRows


@contributors_only
@require_POST
def practice_upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Keep one picture in the person's name and answer with its row for the form; nothing sent stores nothing."""
    if kind != "images":
        raise Http404
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": _("Choose a file.")})
    try:
        check_batch(files=[file], by=request.user)
        image = store_image(file=file, title=_("Picture"), by=request.user)
    except ValidationError as refused:
        return JsonResponse({"error": " ".join(refused.messages)}, status=422)
    transaction.on_commit(partial(make_renditions.enqueue, [image.pk]))
    rows = PictureRows(
        prefix="images",
        initial=[{"image": image}],
        form_kwargs={"allowed": SiteImage.objects.filter(pk=image.pk)},
    )
    html = render_to_string("groups/writing/picture_row.html", {"row": rows.forms[0]}, request)
    return JsonResponse({"html": html})
