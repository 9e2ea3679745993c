from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from community.access import members_only, object_decides, signed_in
from content.serving import serve_page

from .admission import belongings_for, refusal
from .errors import EventsError
from .forms import ParticipantForm, RegistrationForm
from .models import EventIndexPage, EventPage, Material, Registration
from .offers import accept, decline
from .registration import answer_questions, cancel, register
from .series import register_for_series


@object_decides
def index(request: HttpRequest) -> HttpResponse:
    """The page that Wagtail would serve here, found in one query."""
    page = EventIndexPage.objects.visible_to(request.user).first()
    if page is None:
        raise Http404
    return serve_page(page, request)


@object_decides
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page that Wagtail would serve here, found in one query."""
    return serve_page(event_of(request, slug), request)


@members_only
def register_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Register the person for the event, or for the coming ones of its series, in the name of the school they chose."""
    event = event_of(request, slug)
    if request.method != "POST":
        # Where signing in again leads to after a session ran out on the way.
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
        return _("You have a place. We have sent you an e-mail.")
    if registration.is_offered:
        return _("A place is offered to you: please accept it or pass it on.")
    return _("You are on the waiting list. We tell you as soon as a place is free.")


def _told_of_series(registered: list[Registration]) -> str:
    number = len(registered)
    waiting = sum(registration.is_waiting for registration in registered)
    if not waiting:
        words = ngettext(
            "Registered for %(number)d event of the series.", "Registered for %(number)d events of the series.", number
        )
        return words % {"number": number}
    return _("Registered for %(number)d events of the series, on the waiting list of %(waiting)d of them.") % {
        "number": number,
        "waiting": waiting,
    }


@members_only
def accept_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the offered place."""
    event = event_of(request, slug)
    if request.method == "POST":
        try:
            accept(event=event, by=request.user)
        except EventsError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("You have a place. We have sent you an e-mail."))
    return redirect(event)


@members_only
def decline_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Pass the offered place on."""
    event = event_of(request, slug)
    if request.method == "POST":
        try:
            decline(event=event, by=request.user)
        except EventsError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Thank you: the place goes to the next on the waiting list."))
    return redirect(event)


@members_only
def answers_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Change one's answers and whether the others see one's name, until the event starts."""
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
    """Give the person's place or turn back, also after they lost access to the event: who registered may cancel."""
    registration = get_object_or_404(Registration.objects.of(request.user).select_related("event"), event__slug=slug)
    event = registration.event
    sees_event = EventPage.objects.visible_to(request.user).filter(pk=event.pk).exists()
    if request.method == "POST":
        try:
            cancel(event=event, by=request.user)
        except EventsError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Your registration is cancelled."))
    elif not sees_event and not registration.is_cancelled:
        return render(request, "events/cancel.html", {"event": event, "registration": registration})
    return redirect(event if sees_event else settings.LOGIN_REDIRECT_URL)


@members_only
@require_GET
def material(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Lead a person to released material: through the gate to a file, or away to an address that no page shows."""
    row = get_object_or_404(Material.objects.visible_to(request.user).filter(event__slug=slug), pk=pk)
    address = row.document.url if row.document else row.url
    return HttpResponseRedirect(
        address, headers={"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store"}
    )


def event_of(request: HttpRequest, slug: str) -> EventPage:
    """The event of this address as far as the person sees it; Http404 otherwise."""
    return get_object_or_404(EventPage.objects.visible_to(request.user).select_related("cancellation"), slug=slug)
