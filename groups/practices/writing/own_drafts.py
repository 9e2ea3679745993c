from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ..models import Practice


def own_draft(request: HttpRequest, pk: int) -> Practice:
    """Return the latest draft of a practice the person writes. Raises Http404 for others."""
    practice = get_object_or_404(Practice.objects.written_by(request.user).select_related("school", "author"), pk=pk)
    return practice.get_latest_revision_as_object()
