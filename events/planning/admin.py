"""Planning pages in the Wagtail admin: repeat, cancel, give a place."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ..errors import EventsError
from ..models import EventPage
from .changes import cancel_event
from .giving import give_place
from .series import MOST_REPEATS, Rhythm, repeat


class RepeatForm(forms.Form):
    rhythm = forms.ChoiceField(label=gettext_lazy("Repeats"), choices=Rhythm.choices)
    times = forms.IntegerField(label=gettext_lazy("How many more times?"), min_value=1, max_value=MOST_REPEATS)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text=gettext_lazy("People will see this in their message."),
    )


def editable_event(request: HttpRequest, pk: int) -> EventPage:
    """Return the event if the person may edit its page; raise PermissionDenied otherwise."""
    event = get_object_or_404(EventPage.objects.select_related("cancellation"), pk=pk)
    if not event.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return event


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Repeat the event on new dates, or cancel it."""
    event = editable_event(request, pk)
    action = request.POST.get("action")
    repeat_form = RepeatForm(request.POST if action == "repeat" else None)
    reason_form = ReasonForm(request.POST if action == "cancel" else None)
    try:
        if action == "repeat" and repeat_form.is_valid():
            copies = repeat(event=event, by=request.user, **repeat_form.cleaned_data)
            messages.success(request, _("%(number)d more events added to the series.") % {"number": len(copies)})
            return redirect("wagtailadmin_explore", event.get_parent().pk)
        if action == "cancel" and reason_form.is_valid():
            cancel_event(event=event, by=request.user, reason=reason_form.cleaned_data["reason"])
            messages.success(request, _("Event cancelled. We’ll tell everyone who registered."))
            return redirect("event_plan", event.pk)
    except EventsError as error:
        messages.error(request, str(error))
    context = {
        "event": event,
        "repeat_form": repeat_form,
        "reason_form": reason_form,
        "others": list(_others_of_series(event)),
        **header(
            _("Repeat or cancel"),
            event.title,
            {"url": reverse("wagtailadmin_pages:edit", args=[event.pk]), "label": event.title},
        ),
    }
    return TemplateResponse(request, "events/admin/plan.html", context)


def _others_of_series(event: EventPage) -> QuerySet:
    if event.series_id is None:
        return EventPage.objects.none()
    return EventPage.objects.filter(series=event.series_id).exclude(pk=event.pk).without_texts().order_by("starts_at")


@require_POST
def give(request: HttpRequest, pk: int, registration_id: int) -> HttpResponse:
    """Give someone on the waiting list a place, out of turn."""
    event = editable_event(request, pk)
    try:
        registration = give_place(
            event=event, by=request.user, registration_id=registration_id, adds_place="adds_place" in request.POST
        )
    except EventsError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(person)s now has a place.") % {"person": registration.user})
    return redirect("event_registrations", event.pk)


def warn_of_clash(request: HttpRequest, event: EventPage) -> None:
    """Warn the editor about other events at the same time."""
    rivals = EventPage.objects.overlapping(event.starts_at, event.ends_at).exclude(pk=event.pk)
    titles = ", ".join(f"“{title}”" for title in rivals.values_list("title", flat=True)[:3])
    if titles:
        messages.warning(request, _("At the same time as this event: %(titles)s.") % {"titles": titles})


def header(title: str, subtitle: str = "", *crumbs: dict[str, str]) -> dict[str, Any]:
    """Return the context of an admin page header, with breadcrumbs."""
    return {
        "page_title": title,
        "page_subtitle": subtitle,
        "header_title": title,
        "header_icon": "calendar-alt",
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
    }
