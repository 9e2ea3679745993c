from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from community.access import access_of, may_contribute, members_only, object_decides, signed_in
from content.serving import serve_page

from .errors import EventsError
from .forms import RegistrationForm
from .models import EventIndexPage, EventPage, Registration
from .registration import cancel, refusal, register


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
    """Register the person for the event, in the name of the school they chose."""
    event = event_of(request, slug)
    if request.method != "POST":
        # Where signing in again leads to after a session ran out on the way.
        return redirect(event)
    if not may_contribute(request.user):
        raise PermissionDenied(refusal(event=event, by=request.user))
    form = RegistrationForm(request.POST, belongings=access_of(request.user).contributing)
    if not form.is_valid():
        messages.error(request, _("Choose one of your schools."))
        return redirect(event)
    try:
        registration = register(event=event, by=request.user, school_id=form.cleaned_data["school"])
    except EventsError as error:
        messages.error(request, str(error))
    else:
        if registration.is_confirmed:
            messages.success(request, _("You have a place. We have sent you an e-mail."))
        else:
            messages.success(request, _("You are on the waiting list. We tell you as soon as a place is free."))
    return redirect(event)


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


def event_of(request: HttpRequest, slug: str) -> EventPage:
    """The event of this address as far as the person sees it; Http404 otherwise."""
    return get_object_or_404(EventPage.objects.visible_to(request.user).select_related("cancellation"), slug=slug)
