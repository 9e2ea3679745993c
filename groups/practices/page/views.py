"""The page of a practice."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from community.access import object_decides
from community.models import User

from ..models import Adoption, Practice
from ..reuse.adopting import refusal_to_report
from .loading import practice_for_reading
from .related import related_to
from .sections import practice_sections

ADOPTIONS_SHOWN = 3


@object_decides
def practice_detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show a practice; a wrong slug redirects to the right one."""
    practice = practice_for_reading(request.user, pk)
    if slug != practice.slug:
        return redirect(practice, permanent=False)
    own = practice.written_for(request.user) is not None
    context = {
        "practice": practice,
        "reading": True,
        "related": related_to(practice, request.user),
        "adoptions": newest_adoptions(practice, request.user),
        "may_report": not refusal_to_report(practice, request.user),
        "sections": practice_sections(request, practice),
        "own": own,
        "refusal": practice.refusal_to_edit(request.user) if own else "",
        "reason": practice.return_reason() if own and practice.status == "returned" else "",
    }
    return render(request, "practices/practice.html", context)


def newest_adoptions(practice: Practice, user: User | AnonymousUser) -> list[Adoption]:
    """Return the newest adoption reports, for the end of the page."""
    if not practice.adoptions_count:
        return []
    return list(Adoption.objects.visible_to(user).filter(practice=practice).for_reading()[:ADOPTIONS_SHOWN])
