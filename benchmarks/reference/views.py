from django.db import transaction
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from events.models import EventPage, Registration
from events.models.registrations import SEATED, State

CONSTANT = b"x" * 30 * 1024
ROWS = [
    {
        "title": f"A practice number {n} with a title as long as titles are",
        "href": f"/en/practices/{n}-a-practice/",
        "school": f"Okul {n}",
        "summary": "What was tried, with whom, and what came of it in the end. " * 4,
        "tags": ["student agency", "mathematics", "ages 11–14", "English"],
        "numbers": {"saves": n, "tries": n // 2, "comments": n // 3},
    }
    for n in range(20)
]


def auth(request: HttpRequest) -> HttpResponse:
    """AUTH: load the session and user from the database, and return 30 KB of constant content."""
    assert request.user.is_authenticated
    return HttpResponse(CONSTANT)


def tpl20(request: HttpRequest) -> HttpResponse:
    """TPL20: as AUTH, but render a template with 20 rows from memory, 26 KB."""
    assert request.user.is_authenticated
    return render(request, "reference/tpl20.html", {"rows": ROWS, "person": request.user})


def register(request: HttpRequest, slug: str, school: int) -> HttpResponse:
    """Run the transaction of a registration: lock the event, count its places, take one."""
    assert request.user.is_authenticated
    with transaction.atomic():
        event = (
            EventPage.objects.select_for_update(of=("self",)).only("capacity", "starts_at", "ends_at").get(slug=slug)
        )
        rows = Registration.objects.filter(event=event)
        known = rows.aggregate(taken=Count("pk", filter=Q(state__in=SEATED)), turn=Max("turn", default=0))
        if known["taken"] < event.capacity:
            Registration.objects.create(
                event=event,
                user=request.user,
                school_id=school,
                state=State.CONFIRMED,
                seat=known["taken"] + 1,
                turn=known["turn"] + 1,
                told_starts_at=event.starts_at,
                told_ends_at=event.ends_at,
            )
    return HttpResponseRedirect("/")
