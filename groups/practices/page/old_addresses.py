"""Redirects from the addresses practices had before theirs began with `<pk>-`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from community.access import object_decides

from ..models import Practice


@object_decides
def practice_old_address(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Redirect permanently to the practice's address, if the person may see it."""
    return redirect(get_object_or_404(Practice.objects.visible_to(request.user), pk=pk), permanent=True)
