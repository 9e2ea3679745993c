"""Registering, answering an offer, changing answers and cancelling."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.access import members_only, signed_in
from content.serving import serve_page

from ..errors import EventsError
from ..models import EventPage, Registration
from ..views import event_of
from .admission import belongings_for, refusal
from .forms import ParticipantForm, RegistrationForm
from .offers import accept, decline
from .registration import answer_questions, cancel, register
from .whole_series import register_for_series


@members_only
def register_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Register the person for the event, or for the coming ones of its series, on behalf of a school."""
    event = event_of(request, slug)
    if request.method != "POST":
        # GET arrives here after signing in again, if the session expired before the POST.
        return redirect(event)
    belongings = belongings_for(event, request.user)
    if not belongings:
        raise PermissionDenied(refusal(event=event, by=request.user))
    form = RegistrationForm(request.POST, event=event, belongings=belongings)
    if not form.is_valid():
        request.registration_form = form
        return serve_page(event, request)
    asked = {
        "event": event,
        "by": request.user,
        "school_id": form.cleaned_data["school"],
        "shows_name": form.cleaned_data["shows_name"],
        "answers": form.answers,
    }
    try:
        if "whole_series" in request.POST:
            registered = register_for_series(**asked)
            messages.success(request, _told_of_series(registered))
            return redirect(event)
        registration = register(**asked)
    except EventsError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _told(registration))
    return redirect(event)


def _told(registration: Registration) -> str:
    if registration.is_confirmed:
        return _("You have a place. We’ve sent you an email.")
    if registration.is_offered:
        return _("You’ve been offered a place. Please accept it or pass it on.")
    return _("You’re on the waiting list. We’ll tell you when a place is free.")


def _told_of_series(registered: list[Registration]) -> str:
    number = len(registered)
    waiting = sum(registration.is_waiting for registration in registered)
    if not waiting:
        words = ngettext(
            "You’re registered for %(number)d event in the series.",
            "You’re registered for %(number)d events in the series.",
            number,
        )
        return words % {"number": number}
    return _(
        "You’re registered for %(number)d events in the series, and on the waiting list for %(waiting)d of them."
    ) % {
        "number": number,
        "waiting": waiting,
    }


@members_only
def accept_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept the offered place."""
    event = event_of(request, slug)
    if request.method == "POST":
        try:
            accept(event=event, by=request.user)
        except EventsError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("You have a place. We’ve sent you an email."))
    return redirect(event)


@members_only
def decline_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Decline the offered place."""
    event = event_of(request, slug)
    if request.method == "POST":
        try:
            decline(event=event, by=request.user)
        except EventsError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Thank you. The place will go to the next person on the waiting list."))
    return redirect(event)


@members_only
def answers_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Change one's answers and name visibility until the event starts."""
    event = event_of(request, slug)
    registration = get_object_or_404(Registration.objects.of(request.user).running(), event=event)
    form = ParticipantForm(request.POST or None, event=event, registration=registration)
    if request.method == "POST" and form.is_valid():
        try:
            answer_questions(
                event=event, by=request.user, shows_name=form.cleaned_data["shows_name"], answers=form.answers
            )
        except EventsError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Saved."))
        return redirect(event)
    return render(request, "events/answers.html", {"event": event, "form": form})


@signed_in
def cancel_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Cancel one's registration, even after losing access to the event."""
    registration = get_object_or_404(Registration.objects.of(request.user).select_related("event"), event__slug=slug)
    event = registration.event
    sees_event = EventPage.objects.visible_to(request.user).filter(pk=event.pk).exists()
    if request.method == "POST":
        try:
            cancel(event=event, by=request.user)
        except EventsError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Your registration has been cancelled."))
    elif not sees_event and not registration.is_cancelled:
        return render(request, "events/cancel.html", {"event": event, "registration": registration})
    return redirect(event if sees_event else settings.LOGIN_REDIRECT_URL)
