"""Suggestions for @mentions."""

from dataclasses import asdict

from django.db.models import Model
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from community.access import members_only
from content.filters import number_of

from ..errors import RefusedError
from ..places import place_kinds
from ..writing_rules import refusal_to_talk
from .naming import suggested


def _place(request: HttpRequest) -> Model | None:
    """Return the place named in the URL, such as ?topic=5, if any; 404 if the person may not read it."""
    for kind in place_kinds():
        if kind.key in request.GET:
            return get_object_or_404(kind.visible_to(request.user), pk=number_of(request.GET.get(kind.key)))
    return None


@members_only
def people_to_name(request: HttpRequest) -> JsonResponse:
    """Return mentionable people with a name part that begins with `q`. Raises RefusedError for non-contributors."""
    if reason := refusal_to_talk(request.user):
        raise RefusedError(reason)
    people = suggested(request.user, request.GET.get("q", ""), _place(request))
    return JsonResponse({"people": [asdict(person) for person in people]})
