"""Suggestions for @mentions."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from community.access import members_only
from groups.practices.models import Practice

from ..comments.commenting import refusal_to_talk
from ..comments.views import number_in
from ..errors import RefusedError
from ..models import Topic
from .naming import suggested


def _place(request: HttpRequest) -> Practice | Topic | None:
    """Return the practice or topic named in the URL, if any; 404 if the person may not read it."""
    if "topic" in request.GET:
        return get_object_or_404(Topic.objects.visible_to(request.user), pk=number_in(request.GET, "topic"))
    if "practice" in request.GET:
        practices = Practice.objects.visible_to(request.user).published()
        return get_object_or_404(practices, pk=number_in(request.GET, "practice"))
    return None


@members_only
def people_to_name(request: HttpRequest) -> JsonResponse:
    """Return mentionable people with a name part that begins with `q`. Raises RefusedError for non-contributors."""
    if reason := refusal_to_talk(request.user):
        raise RefusedError(reason)
    people = suggested(request.user, request.GET.get("q", ""), _place(request))
    return JsonResponse({"people": [asdict(person) for person in people]})
