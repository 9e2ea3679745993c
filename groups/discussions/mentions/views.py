"""Whom to propose while somebody types @ and a name."""

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
    """Where it is typed, when the address says so; 404 for what the person does not read."""
    if "topic" in request.GET:
        return get_object_or_404(Topic.objects.visible_to(request.user), pk=number_in(request.GET, "topic"))
    if "practice" in request.GET:
        practices = Practice.objects.visible_to(request.user).published()
        return get_object_or_404(practices, pk=number_in(request.GET, "practice"))
    return None


@members_only
def people_to_name(request: HttpRequest) -> JsonResponse:
    """People whose name begins with `q`, for who may write."""
    if reason := refusal_to_talk(request.user):
        raise RefusedError(reason)
    people = suggested(request.user, request.GET.get("q", ""), _place(request))
    return JsonResponse({"people": [asdict(person) for person in people]})
